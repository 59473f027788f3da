"""The reading room's addresses (the contract of ``/issues/…``, ``/articles/…`` …).

Three lists by activity: browsing, reading, keeping.
"""

from django.urls import path

from articles.views import (
    browse,
    crawlers,
    exports,
    feeds,
    lists_json,
    oai,
    opds,
    read,
    reporting,
    search,
    search_machines,
    subjects,
)
from articles.views.keeping import (
    files,
    highlights,
    places,
    sharing,
    shelf,
    tags,
    toggle,
)

app_name = "articles"

browsing = [
    path("", browse.home, name="home"),
    path("issues/", browse.publications, name="publications"),
    path("issues/<slug:publication>/", browse.publication, name="publication"),
    # /issues/heshi/2023/4/, /issues/heshi-ribao/2023/11-21/, /issues/unidentified/undated/3f2a91bc/
    path(
        "issues/<slug:publication>/<slug:year>/<slug:number>/",
        browse.issue,
        name="issue",
    ),
    path(
        "issues/<slug:publication>/<slug:year>/<slug:number>/cover.svg",
        browse.cover,
        name="cover",
    ),
    path("topics/", subjects.topics, name="topics"),
    path("topics/<slug:slug>/", subjects.topic, name="topic"),
    path("authors/", subjects.authors, name="authors"),
    path("authors/<slug:slug>/", subjects.author, name="author"),
    path("sections/", subjects.sections, name="sections"),
    path("sections/<slug:publication>/<slug:slug>/", subjects.section, name="section"),
]
reading = [
    path("articles/<slug:public_id>/", read.article, name="article"),
    # A paragraph that has gone to another article: split off, merged, moved.
    path("articles/<slug:public_id>/places/<slug:anchor>/", read.place, name="place"),
    path("articles/<slug:public_id>/report/", reporting.report, name="report"),
    path("articles/<slug:public_id>.json", exports.article_json, name="article-json"),
    path("articles/<slug:public_id>.txt", exports.article_text, name="article-text"),
    # The whole dump of an issue, line by line, each with its place.
    path(
        "issues/<slug:publication>/<slug:year>/<slug:number>/lines/",
        read.issue_lines,
        name="issue-lines",
    ),
    path("search/", search.search, name="search"),
    path("search/suggest/", search_machines.suggestions, name="suggest"),
]
keeping = [
    path("bookmarks/", shelf.shelf, name="shelf"),
    path("bookmarks/add/", toggle.add, name="bookmark-add"),
    path("bookmarks/remove/", toggle.remove, name="bookmark-remove"),
    path("bookmarks/undo/", toggle.undo, name="shelf-undo"),
    path("bookmarks/bulk/", shelf.bulk, name="shelf-bulk"),
    path("bookmarks/taken-off/", shelf.discarded, name="discarded"),
    path("bookmarks/place/", places.remember_place, name="remember-place"),
    path("bookmarks/files/", files.files, name="shelf-files"),
    path("bookmarks/files/import/", files.bring, name="shelf-import"),
    path("bookmarks/files/export.epub", files.export_epub, name="shelf-epub"),
    path("bookmarks/files/export.<slug:form>", files.export, name="shelf-export"),
    path("bookmarks/share/", sharing.links, name="share"),
    path("bookmarks/share/add/", sharing.add, name="share-add"),
    path("bookmarks/share/<int:pk>/revoke/", sharing.revoke, name="share-revoke"),
    path("shared/<slug:token>/", sharing.shared, name="shared"),
    path("shared/<slug:token>/feed.atom", sharing.shared_feed, name="shared-feed"),
    path("bookmarks/<int:pk>/", shelf.edit, name="bookmark-edit"),
    path("bookmarks/<int:pk>/place/", highlights.paragraph, name="bookmark-place"),
    path(
        "bookmarks/<int:pk>/place/confirm/",
        highlights.confirm_block,
        name="bookmark-confirm",
    ),
    path("bookmarks/tags/", tags.tags, name="shelf-tags"),
    path("bookmarks/tags/<int:pk>/rename/", tags.rename, name="tag-rename"),
    path("bookmarks/tags/<int:pk>/remove/", tags.remove, name="tag-remove"),
    path("bookmarks/highlights/", highlights.highlights, name="highlights"),
    path("bookmarks/highlights/add/", highlights.add, name="highlight-add"),
    path("bookmarks/highlights/<int:pk>/", highlights.edit, name="highlight-edit"),
    path(
        "bookmarks/highlights/<int:pk>/remove/",
        highlights.remove,
        name="highlight-remove",
    ),
    path(
        "bookmarks/highlights/<int:pk>/place/", highlights.place, name="highlight-place"
    ),
    path(
        "bookmarks/highlights/<int:pk>/place/confirm/",
        highlights.confirm_place,
        name="highlight-confirm",
    ),
]
_ISSUE = "issues/<slug:publication>/<slug:year>/<slug:number>"
machines = [
    # Citations of an article, and articles and issues as files.
    path("articles/<slug:public_id>.bib", exports.article_bib, name="article-bib"),
    path("articles/<slug:public_id>.ris", exports.article_ris, name="article-ris"),
    path("articles/<slug:public_id>.csl.json", exports.article_csl, name="article-csl"),
    path("articles/<slug:public_id>.epub", exports.article_epub, name="article-epub"),
    path(f"{_ISSUE}.epub", exports.issue_epub, name="issue-epub"),
    path(f"{_ISSUE}.tei.xml", exports.issue_tei, name="issue-tei"),
    path(f"{_ISSUE}.json", exports.issue_json, name="issue-json"),
    path(f"{_ISSUE}.txt", exports.issue_text, name="issue-text"),
    # Searching.
    path("search.json", search_machines.search_json, name="search-json"),
    path("feeds/search.atom", search_machines.search_atom, name="feed-search"),
    path("opensearch.xml", search_machines.opensearch, name="opensearch"),
    # The browsing pages as JSON.
    path("issues.json", lists_json.publications, name="publications-json"),
    path(
        "issues/<slug:publication>.json",
        lists_json.publication,
        name="publication-json",
    ),
    path("topics.json", lists_json.topics, name="topics-json"),
    path("topics/<slug:slug>.json", lists_json.topic, name="topic-json"),
    path("authors.json", lists_json.authors, name="authors-json"),
    path("authors/<slug:slug>.json", lists_json.author, name="author-json"),
    path("sections.json", lists_json.sections, name="sections-json"),
    path(
        "sections/<slug:publication>/<slug:slug>.json",
        lists_json.section,
        name="section-json",
    ),
    # Feeds, the catalogue for reading apps, harvesters and crawlers.
    path("feeds/articles.atom", feeds.everything, name="feed"),
    path(
        "feeds/publications/<slug:slug>.atom",
        feeds.publication,
        name="feed-publication",
    ),
    path("feeds/topics/<slug:slug>.atom", feeds.topic, name="feed-topic"),
    path("feeds/authors/<slug:slug>.atom", feeds.author, name="feed-author"),
    path("opds/", opds.root, name="opds"),
    path("opds/newest/", opds.newest, name="opds-newest"),
    path("opds/publications/", opds.publications, name="opds-publications"),
    path("opds/publications/<slug:slug>/", opds.publication, name="opds-publication"),
    path("oai", oai.oai, name="oai"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", crawlers.sitemap_part, name="sitemap-part"),
    path("robots.txt", crawlers.robots, name="robots"),
]
# Addresses are tried in this order: articles are what is asked for most.
urlpatterns = reading + browsing + keeping + machines
