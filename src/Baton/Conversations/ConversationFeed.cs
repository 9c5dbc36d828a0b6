using System.Collections.Concurrent;
using System.Threading.Channels;
using Baton.Conversations.Clearing;
using Baton.Storage;

namespace Baton.Conversations;

/// <summary>
/// Tells whoever watches a conversation in this process what just happened to it. Telemetry, not truth: a slow watcher
/// loses events, the ledger does not. Facts are cleared of personal data as they are for the ledger: some are shown
/// before they are stored.
/// </summary>
internal sealed class ConversationFeed(Database database, FactClearance clearance)
{
    /// <summary>Events a watcher may be behind before the oldest are dropped.</summary>
    private const int Buffered = 256;

    private readonly ConcurrentDictionary<Watch, bool> _watches = new();

    /// <summary>Starts watching one conversation, or all when <paramref name="conversationId"/> is null.</summary>
    public Watch Subscribe(string? conversationId)
    {
        var watch = new Watch(this, conversationId);
        _watches[watch] = true;
        return watch;
    }

    public void Publish(string conversationId, ConversationEvent fact)
    {
        if (_watches.IsEmpty) return;
        FeedItem? item = null;
        foreach (var watch in _watches.Keys)
            if (watch.ConversationId is null || watch.ConversationId == conversationId)
                watch.Offer(item ??= new FeedItem(conversationId, Cleared(conversationId, fact)));
    }

    private ConversationEvent Cleared(string conversationId, ConversationEvent fact) => clearance.Clear(
        fact, () => database.Read(connection => MessageRows.Placeholders(connection, conversationId)));

    /// <summary>One watcher; disposing ends it.</summary>
    internal sealed class Watch(ConversationFeed feed, string? conversationId) : IDisposable
    {
        private readonly Channel<FeedItem> _items = Channel.CreateBounded<FeedItem>(
            new BoundedChannelOptions(Buffered) { FullMode = BoundedChannelFullMode.DropOldest });

        public string? ConversationId { get; } = conversationId;

        public ChannelReader<FeedItem> Items => _items.Reader;

        public void Offer(FeedItem item) => _items.Writer.TryWrite(item);

        public void Dispose()
        {
            feed._watches.TryRemove(this, out _);
            _items.Writer.TryComplete();
        }
    }
}

/// <summary>Something that happened to a conversation.</summary>
internal sealed record FeedItem(string ConversationId, ConversationEvent Fact);
