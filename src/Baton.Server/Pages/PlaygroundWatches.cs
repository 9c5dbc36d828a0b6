using System.Collections.Concurrent;
using Baton.Conversations;

namespace Baton.Server.Pages;

/// <summary>
/// Watches opened before a playground ticket is stored, so that its page sees every stage, however fast the worker is.
/// The page's stream takes the watch over; one that nobody takes is dropped when too many wait.
/// </summary>
internal sealed class PlaygroundWatches(ConversationFeed feed)
{
    /// <summary>Watches that wait for their page at once.</summary>
    private const int Most = 64;

    private readonly ConcurrentDictionary<string, ConversationFeed.Watch> _waiting = new();
    private readonly ConcurrentQueue<string> _order = new();

    public void Open(string id)
    {
        _waiting[id] = feed.Subscribe(id);
        _order.Enqueue(id);
        while (_order.Count > Most && _order.TryDequeue(out var oldest))
            if (_waiting.TryRemove(oldest, out var unused)) unused.Dispose();
    }

    /// <summary>The ticket's watch, or a new one that sees only what comes from now on.</summary>
    public ConversationFeed.Watch Take(string id) =>
        _waiting.TryRemove(id, out var watch) ? watch : feed.Subscribe(id);
}
