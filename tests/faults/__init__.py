"""What goes wrong on a real machine, done for real: each test fails where the handling is taken out.

Elsewhere, and not repeated here: a lost and a forgotten gateway session, 429 and SIGTERM in the middle of work
(tests/wire); a hung process (tests/services/test_worker.py); a damaged file in use, a failing migration, a backup under
writes (tests/store).
"""
