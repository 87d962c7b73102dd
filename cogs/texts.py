"""Every sentence that the bot says to people outside of cards, in plain English; one place for translations."""

ONLY_SERVERS = (
    "Corrobot works in servers, where coverage is collected and compared: mention it there with a link,"
    " or type / to see its commands. Here it stores and answers nothing."
)
FAILED = "Something went wrong on our side, and it was logged. If it happens again, quote the number {number}."
SETTLED = "…"
STOPPING = (
    "Corrobot is restarting, so this has no answer yet. An article that was being added is kept and read after the"
    " restart; ask again in a minute."
)
NOT_MODERATOR = (
    "Only moderators of this server may do that: it takes the permission Manage Server, or the role that /settings"
    " names."
)
NOT_MANAGER = "Only those who may manage this server may choose who moderates."
NOT_ADDER = (
    "Article {number} can be removed by moderators, and by the person who added it within {minutes} minutes of"
    " adding it."
)
NOT_MENDABLE = (
    "Article {number} can be corrected here by the person who added it, within {minutes} minutes of adding it."
    " Moderators correct any article with /ruling correct."
)
MENDED = "Corrected."
TOO_FAST = "That was a lot at once. Try again in {seconds} s."
MISSING = "{name} is missing. It is used like this: {usage}"
BAD_VALUE = "{value} cannot be used for {name}. It is used like this: {usage}"
TOO_LONG = "“{text}…” is too long: at most {most} characters."
GONE = "This button belongs to a server, and works only there."
UNKNOWN_BUTTON = "This button is from an older version. Ask for the card again."
NO_STORY = "No story here has “{text}” in it. {hint}"
NO_STORIES = "There are no stories here yet. Add an article with /article add."
SEE_STORIES = "See /story list."
WHICH_STORY = "Several stories fit “{text}”. Say the number of the one you mean: {stories}"
WHICH_ARTICLE = "Several articles fit “{text}”. Say the number of the one you mean: {articles}"
NO_ARTICLE = "No article here has “{text}” in it. See /article list."
NO_SOURCE = "“{text}” is no source here. See /source list."
NO_ARTICLES = "There are no articles here yet. Add one with /article add: a link, a file, or its text."
NO_SOURCES = "No sources are registered here. A moderator adds one with /source add."
NO_FLAGS = "No open conflicts in {where}."
THIS_SERVER = "this server"
NOTHING_FOUND = "No stored figure fits “{text}”. Try fewer or other words, such as “killed” and a place."
NEED_ONE = "Name an article or a story."
NEED_TEXT_OR_FILE = "Nothing was added: paste the article's text or attach a file."
BOTH_GIVEN = "Give either a link or a file, not both."
TEXT_AND_FILE = "Give either the text or a file, not both."
PASTE_HERE = (
    "There is nothing to read in that message. Paste an article's text, or attach a file, with this button;"
    " /help says what else there is."
)
PASTE_BUTTON = "Paste an article"
ASK_WHICH = "What shall be done with that text?"
ASK_LINK_OR_TEXT = "That message has both links and a longer text. Which is meant?"
READ_LINKS = "Read the links"
READ_TEXT = "Read the text as an article"
CHECK_TEXT = "Check its figures"
NO_TEXT_HERE = "That message has no link, file or text that can be read."
ORIGINAL_GONE = "The message is gone, or its text cannot be seen any more."
TOO_LARGE = "{name} has {size:.1f} MB; files up to {most:.0f} MB are read."
BAD_FILE = "{name} could not be fetched from Discord. Attach it again."
MORE_LEFT = "{number} more were left out; send them in another message."
ADDED = "Added."
KNOWN = "Already known here."
REVISED = "The page had changed and was read again."
REMOVED_ARTICLE = "Article {number} ({title}) was removed from this server."
SOURCE_ADDED = "Source registered: {source}"
SOURCE_CHANGED = "Source changed: {source}"
SOURCE_REMOVED = "Source removed: {source}"
NOTHING_TO_CHANGE = "Say what to change: name, domains, aliases or letter."
SUMMARY_NOTE = "sentences as they were written, nothing added"
NOT_STORED = "not stored; use “Read this article” to keep it"
HELP_INTRO = (
    "Corrobot reads news coverage, takes the figures out of it, and says which of them agree, which cannot be"
    " compared and why, and which conflict. It does not say which one is true."
)
HELP_MENTION = "Commands marked with * also work by mention, such as: {example}"
HELP_READ = "Mention Corrobot with a link, a file or an article's text, and it is read."
HELP_UNKNOWN = "There is no command or topic “{topic}”. Topics: {topics}"
MENUS = "On a message (right-click or long press, then Apps)"
RULED = "Ruling {number}: {about}. {stories}"
UNDONE = "Ruling {number} is taken back: {about}. {stories}"
STORY_NOW = "Story {number} has {flags} now."
STORIES_GONE = "No story is changed by it."
NO_OPEN_FLAGS = "Story {story} has no open flag to rule on."
MUTED = "Muted: {what}. It raises no alert, and links to it are read without a card; everybody may still ask for it."
MUTED_ALREADY = "Already muted: {what}."
UNMUTED = "Muted no longer: {what}."
MUTE_ONE = "Name one of the two: a story or an outlet."
MUTED_HEAD = "## Muted here"
MUTED_LINE = "- {what} (by <@{by}>, {when})"
NOTHING_MUTED = "Nothing is muted here."
MUTED_QUIET = "That story is muted here: nothing of it is told until a moderator lifts that with /mute remove."
NO_ACTS = "Nothing was ruled, set or removed here yet."
RULE_TITLE = "Rule on a flag"
RULE_FLAG = "Which flag"
RULE_WHAT = "What you decide"
RULE_WHY = "Why"
RULE_WHY_HINT = "Shown on the card with your name"
RULE_DISMISS = "Dismiss: wrong, or of no interest"
RULE_SCOPE = "Not comparable: another {step}"
RULE_SIDE = "Wrong reading: drop side {side}"
NO_NUMBERS = "Name articles by their numbers, with commas between, like 3, 5."
NO_FEEDS = "No feed is registered here. Give an outlet one with /source feed."
FEED_ADDED = "{outlet} has the feed {url} now; it is asked within minutes."
FEED_REMOVED = "The feed {url} is asked no longer; its articles stay."
LIST_IN = "{sources} and {feeds} were added; {known} known before."
LIST_OUT = "The outlets and feeds of this server."
NOT_SET = "not set"
SETTINGS_HEAD = "## Settings of this server"
SETTING_KEPT = "`{key}` is now **{value}**."
SETTINGS = {
    "moderator_role": "the role whose members may use the commands for moderators, beside those who may manage the server",
    "listen_channels": "channels in which links are read without being asked; mention up to ten",
    "listen_mode": "links: at once; reaction: when somebody reacts to the link with 📰",
    "policy": "which figure leads on cards: lowest, low_best_high, range, majority or newest_reliable",
    "alert_channel": "where all alerts go; else each goes where its story is watched",
    "alert_place": "channel: a card in the channel; thread: a thread or forum post for each story",
    "alert_role": "the role that a new alert card mentions; nobody is mentioned unless it is set",
    "alert_threshold": "by how many per cent a figure must leave the known range to be told",
    "alert_rate": "at most so many alerts an hour; what is more waits",
    "quiet_hours": "no alerts between these times, like 22:00-07:00; they come after it",
    "digest": "off: alerts come at once; hourly or daily: gathered",
    "language": "the language of the bot; en is the only one yet",
    "timezone": "whose clock quiet hours follow, like Europe/Berlin",
    "retention": "articles are deleted after so many days; 0 keeps them",
}
NO_CONTENT_INTENT = (
    "Corrobot cannot see messages that do not mention it: its operator has not switched on the Message Content Intent."
    " Listening does nothing until then; mentions and the menus of a message work."
)
LACKS = "⚠️ Corrobot lacks permissions in this server: {names}. Give them to its role."
LACKS_IN = "⚠️ In {channel} Corrobot lacks: {names}."
LACKS_CHANNEL = "⚠️ Corrobot does not see {channel}: it is gone, or hidden from it."
EXPORTED = "Here is {what}."
EXPORT_TOO_LARGE = (
    "The file has {size:.1f} MB; Discord takes 10 MB. Export one story at a time, or use `corrobot export`."
)
FORGET_ONE = "Name one of the three: an article, a source, or a member."
FORGET_SURE = "This deletes {what} in this server. It cannot be undone."
DELETE = "Delete for good"
FORGOT_MEMBER = "Deleted {articles} and all watches of <@{id}>."
FORGOT_MINE = "Deleted {articles} and all watches of yours."
MINE_NONE = "You added no articles here and watch no stories."
MINE_HEAD = "## What you gave to this server"
MINE_WATCHED = "Stories you watch: {stories}"
WATCHING = "You watch story {number} now. What changes is told in this channel, or where the server chose."
WATCHING_ALREADY = "You watch story {number} already; what changes is told in this channel from now on."
UNWATCHED = "You watch story {number} no longer."
NOT_WATCHED = "You do not watch story {number}."
NO_WATCHES = "You watch no stories here. Begin with /watch add, or the button under a card."
WATCHED = "- {number}. {title} (<#{channel}>)"
NEWS = {
    "kind": "New conflict.",
    "range": "Outside the known range.",
    "down": "Revised downwards.",
    "revised": "A page changed its own figure.",
}
MODERATORS_ONLY = "for moderators (Manage Server)"
MODERATORS_HEAD = "For moderators (Manage Server)"
PRIVACY = (
    "## What Corrobot keeps\n"
    "- **Articles** that people of this server add: the text, title, outlet, author, date and address, what was read"
    " out of them, who added them and when. Pasted texts and files are seen in this server only; the text of a public"
    " page is stored once and may be shown in other servers that add the same address.\n"
    "- **Sources** that moderators register.\n"
    "- **Rulings, settings and the log** of what moderators did, when and why; who watches which story.\n"
    "- It reads messages only when it is mentioned, when somebody uses one of its commands or menus, and in channels"
    " that moderators named for it, where it looks for links; it keeps nothing else of them. Texts given to /check and"
    " to the menus “Check these figures” and “Summarize” are not kept.\n"
    "- Everything is analysed on the machine the bot runs on; no text is sent to other services. Links are fetched"
    " from their own sites.\n"
    "- An article is removed from this server with /article remove, by moderators, or by the person who added it"
    " within 15 minutes. /mydata shows what you gave, and deletes it at any time.\n"
    "- When Corrobot is removed from a server, everything of that server is deleted after {days} days."
)
ABOUT = (
    "## Corrobot {version}\n"
    "Compares news coverage: who says which figure, since when, in which words, and where two of them cannot both"
    " hold. It shows both sides, with quotes and links, and never says which one is true.\n"
    "It works by rules over grammar, places and word lists, on its own machine, without a language model that writes"
    " text; every sentence in its summaries is quoted as it stands.\n"
    "Free software under the MIT licence."
)
MODAL_TITLE = "Add an article"
MODAL_OUTLET = "Outlet"
MODAL_OUTLET_HINT = "Who published it, if the text does not say"
MODAL_DATE = "Publication date"
MODAL_DATE_HINT = "Like 2024-03-22, if the text does not say"
MODAL_TEXT = "Text"
MODAL_TEXT_HINT = "Up to 4,000 characters; attach a file if it is longer"
MODAL_FILE = "File"
MODAL_FILE_HINT = "A .txt, .md, .html or .pdf instead of the text"
BAD_DATE = "“{value}” is no date. Write it like 2024-03-22."
