using System.Collections.Concurrent;
using System.Threading.Channels;
using Baton.Conversations;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.People.Inboxes.Pulse;

/// <summary>
/// Tells open pages of the inbox what changed, whichever process brought it about: one look at the ledger and at who
/// has which ticket open, for all pages of this process together.
/// </summary>
internal sealed class InboxPulse(Database database)
{
    /// <summary>How often it looks while a page is open.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromMilliseconds(300);

    /// <summary>Pages that one person may have open at once.</summary>
    public const int PagesOfOne = 20;

    /// <summary>Events that are told one by one; after more a page fetches everything.</summary>
    public const int Most = 500;

    /// <summary>Changes that a page may be behind.</summary>
    private const int Buffered = 64;

    /// <summary>After these, lists no longer show a ticket that they showed.</summary>
    private static readonly HashSet<string> Leaving =
    [
        nameof(ConversationEvent.Closed), nameof(ConversationEvent.Unlocked),
        nameof(ConversationEvent.ResolutionConfirmed), nameof(ConversationEvent.MergedInto),
    ];

    private readonly ConcurrentDictionary<Watch, bool> _watches = new();
    private readonly Lock _subscribing = new();
    private Dictionary<string, string> _looking = [];
    private LedgerPlace? _heard;

    /// <summary>Starts telling; null when the person has too many pages open.</summary>
    public Watch? Subscribe(string person)
    {
        var watch = new Watch(this, person);
        lock (_subscribing)
        {
            if (_watches.Keys.Count(w => w.Person == person) >= PagesOfOne) return null;
            _watches[watch] = true;
            // What happens before the first look is told as well.
            _heard ??= Head();
        }
        return watch;
    }

    /// <summary>Place in the ledger up to which there is something to tell now.</summary>
    public LedgerPlace Head() => database.Read(Ledger.Head);

    /// <summary>What a page missed that had heard everything up to a place.</summary>
    public InboxChange Since(LedgerPlace place) => database.Read(connection =>
    {
        var head = Ledger.Head(connection);
        // A place that this ledger has not reached was another's.
        return place.CompareTo(head) > 0 ? new InboxChange(head, [], []) { IsAll = true } : Told(connection, place);
    });

    /// <summary>One look; tells every page what is new.</summary>
    public void Step()
    {
        LedgerPlace heard;
        lock (_subscribing)
        {
            // Where nobody has heard of anything, the next page begins with what is then.
            if (_watches.IsEmpty) _heard = null;
            if (_heard is not { } place) return;
            heard = place;
        }
        var change = database.Read(connection =>
        {
            var told = Told(connection, heard);
            var looking = Onlookers.Signs(connection, database.Clock.GetUtcNow());
            var moved = Differing(_looking, looking);
            _looking = looking;
            return moved.Count == 0 ? told
                : told with { Tickets = [.. told.Tickets.Union(moved)], Listed = [.. told.Listed.Union(moved)] };
        });
        _heard = change.Place;
        if (change.IsEmpty) return;
        foreach (var watch in _watches.Keys) watch.Offer(change);
    }

    private static InboxChange Told(ReadConnection connection, LedgerPlace after)
    {
        var heads = Ledger.HeadsAfter(connection, after, Most + 1);
        if (heads.Count == 0) return new InboxChange(after, [], []);
        if (heads.Count > Most) return new InboxChange(Ledger.Head(connection), [], []) { IsAll = true };
        var tickets = heads.Where(h => !ReservedStreams.Includes(h.Stream)).ToLookup(h => h.Stream, h => h.Type);
        return new InboxChange(heads[^1].Place, [.. tickets.Select(t => t.Key)],
        [
            .. tickets.Where(t => t.Any(Leaving.Contains) || InboxLists.Shows(connection, t.Key)).Select(t => t.Key),
        ]);
    }

    private static List<string> Differing(Dictionary<string, string> before, Dictionary<string, string> now) =>
    [
        .. now.Where(n => before.GetValueOrDefault(n.Key) != n.Value).Select(n => n.Key),
        .. before.Keys.Where(b => !now.ContainsKey(b)),
    ];

    /// <summary>One open page; disposing closes it.</summary>
    internal sealed class Watch(InboxPulse pulse, string person) : IDisposable
    {
        private readonly Channel<InboxChange> _changes = Channel.CreateBounded<InboxChange>(
            new BoundedChannelOptions(Buffered) { FullMode = BoundedChannelFullMode.DropOldest });

        public string Person { get; } = person;

        public ChannelReader<InboxChange> Changes => _changes.Reader;

        public void Offer(InboxChange change)
        {
            // A page that is so far behind fetches everything instead of the parts it has missed.
            var isFull = _changes.Reader.Count >= Buffered - 1;
            _changes.Writer.TryWrite(isFull ? change with { IsAll = true } : change);
        }

        public void Dispose()
        {
            pulse._watches.TryRemove(this, out _);
            _changes.Writer.TryComplete();
        }
    }
}
