package org.forgelog.query.read;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.forgelog.api.openapi.Choices.ForkSort;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.Stargazer;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Spans;
import org.jspecify.annotations.Nullable;

/** Answers about one repository and what lies in it, for those who may see it. */
public final class Repositories {

    /** Most forks that are sorted by their stars; older ones follow by age. */
    private static final int SORTED_FORKS = 1_000;

    private final ReadContext read;
    private final RepositoryViews views;

    public Repositories(ReadContext read) {
        this.read = read;
        this.views = new RepositoryViews(read);
    }

    /** The repository itself, a fork with what it comes from. */
    public RepositoryJson repository(Address address) {
        return views.full(read.names().repository(address));
    }

    /** Refuses who may not see the repository. */
    public void requireVisible(Address address) {
        read.names().repository(address);
    }

    /** Forks of the repository that the caller may see. */
    public Listed<RepositoryJson> forks(Address address, ForkSort sort, PageRequest request) {
        long repository = read.names().repository(address);
        boolean byStars = sort == ForkSort.STARGAZERS || sort == ForkSort.WATCHERS;
        SortedPrefix prefix = new SortedPrefix(
                request, SORTED_FORKS, Comparator.comparing(this::stars).reversed());
        Pager pager = read.pager(byStars ? prefix.wanted() : request, sort != ForkSort.OLDEST);
        new RepositoryLists(read).addForks(pager, repository);
        Page page = pager.page(item -> {
            long fork = item.number(Attr.ID);
            if (!read.visibility().mayBeListed(item)) {
                return false;
            }
            views.expect(fork);
            return read.visibility().canSee(fork);
        });
        Page shown = byStars ? prefix.page(page) : page;
        return read.listed(shown, item -> views.listed(item.number(Attr.ID)));
    }

    private long stars(Item repository) {
        Item counters = read.lookup().item(Keys.counters(repository.number(Attr.ID)));
        return counters == null ? 0 : counters.number(Attr.STARS, 0);
    }

    /** A repository with its issues and pull requests. */
    public record Activity(RepositoryJson repository, Listed<Map.Entry<String, Object>> entries) {}

    /**
     * The repository with its issues and pull requests, open before closed, newest first.
     *
     * @param open only open, only closed ones; {@code null} for both
     */
    public Activity activity(Address address, @Nullable Boolean open, PageRequest request) {
        long repository = read.names().repository(address);
        read.lookup().expectAsUsualOf(Keys.repository(repository));
        Page page = read.pager(request, true)
                .of(Stream.of(ConversationKind.values())
                        .map(kind -> open == null
                                ? Spans.conversationsByCreation(kind, repository)
                                : Spans.conversationsByCreation(kind, repository, open))
                        .toList())
                .page();
        ConversationLists.readLabels(read, repository, page.items());
        List<Map.Entry<String, Object>> entries = read.shown(page.items(), new ConversationViews(read)::typed);
        return new Activity(views.counted(repository), new Listed<>(entries, page));
    }

    /** The repository's topics. */
    public List<String> topics(Address address) {
        return views.item(read.names().repository(address)).texts(Attr.TOPICS);
    }

    /** Users who starred the repository, newest first, with the dates. */
    public Listed<Stargazer> stargazers(Address address, PageRequest request) {
        long repository = read.names().repository(address);
        Page page = read.pager(request, true).of(Spans.stargazers(repository)).page();
        Item counters = read.lookup().item(Keys.counters(repository));
        return read.listed(
                        page,
                        item -> new Stargazer(
                                Objects.requireNonNull(item.instantOrNull(Attr.STARRED_AT)),
                                read.people().user(item.number(Attr.ACCOUNT_ID))))
                .of(counters == null ? null : counters.number(Attr.STARS, 0));
    }
}
