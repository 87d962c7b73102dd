# Corrobot in a container: what runs is one virtual environment, a user without rights, and one volume.
# Build: docker build -t corrobot .    Run: see compose.yaml, which also makes the root file system read-only.
FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /opt/corrobot && /opt/corrobot/bin/pip install --no-cache-dir --quiet --upgrade "pip>=24.2"
COPY deploy/requirements.lock deploy/
RUN /opt/corrobot/bin/pip install --no-cache-dir --quiet --require-hashes -r deploy/requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY cogs cogs
COPY data data
COPY seeds seeds
RUN /opt/corrobot/bin/pip install --no-cache-dir --quiet --no-deps --no-build-isolation .

FROM python:3.11-slim
COPY --from=build /opt/corrobot /opt/corrobot
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin corrobot \
    && install -d -o corrobot -g corrobot -m 0700 /data
# Nothing but /data is written, and what libraries want to cache goes to the memory at /tmp.
ENV PATH=/opt/corrobot/bin:$PATH \
    CORROBOT_DATABASE_URL=sqlite:////data/coverage.db \
    HOME=/tmp \
    MPLCONFIGDIR=/tmp/matplotlib \
    PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
WORKDIR /data
VOLUME ["/data"]
HEALTHCHECK --interval=5m --timeout=60s --start-period=1m --retries=3 CMD ["corrobot", "doctor"]
ENTRYPOINT ["corrobot"]
CMD ["run"]
