using Baton.Storage;

namespace Baton.Conversations.Tickets;

/// <summary>Waits for the decision of a turn, wherever it is made.</summary>
internal sealed class DecisionWaiter(Database database, ConversationFeed feed, TimeProvider clock)
{
    /// <summary>How often the database is asked, for decisions that another process makes.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>The decision, or null when there is none within the time.</summary>
    public async Task<StoredDecision?> WaitAsync(
        string id, int turn, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var watch = feed.Subscribe(id);
        using var timeout = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            while (true)
            {
                if (Find(id, turn) is { } decision) return decision;
                await NextAsync(watch, either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Find(id, turn);
        }
    }

    /// <summary>The decision of that turn, or of a later one that answered it together with its own.</summary>
    private StoredDecision? Find(string id, int turn) => database.Read(c => StoredDecision.From(c, id, turn));

    private async Task NextAsync(ConversationFeed.Watch watch, CancellationToken cancellationToken)
    {
        using var look = new CancellationTokenSource(Look, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(look.Token, cancellationToken);
        try
        {
            while ((await watch.Items.ReadAsync(either.Token)).Fact is not ConversationEvent.DecisionMade) { }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time to look at the database.
        }
    }
}
