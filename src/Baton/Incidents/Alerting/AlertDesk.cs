using Baton.Playbooks;
using Baton.Playbooks.Alerts;
using Baton.Storage;

namespace Baton.Incidents.Alerting;

/// <summary>What people do about alerts.</summary>
/// <param name="clear">Why is typed by people.</param>
internal sealed class AlertDesk(Database database, AlertNotifier notifier, TimeProvider clock, ClearText clear)
{
    /// <summary>The longest silence: a month in which nobody is told would be forgotten.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromDays(7);

    /// <summary>Somebody looks after an open alert, or after all of them.</summary>
    /// <param name="name">Name or id, or <c>*</c>.</param>
    /// <returns>Which ones; none when nothing of it is open.</returns>
    public Task<List<RaisedAlert>> AcknowledgeAsync(string name, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            var now = clock.GetUtcNow();
            return AlertStore.Open(transaction)
                .Where(a => name == AlertSilence.All || a.Name == name || a.Id == name)
                .Where(a => AlertStore.Acknowledge(transaction, a, Named.By(by, clear), now)).ToList();
        }, cancellationToken);

    /// <summary>Nobody is told for a while; a length of zero ends it.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public async Task<string?> SilenceAsync(
        string name, TimeSpan length, string by, string why, CancellationToken cancellationToken)
    {
        if (Unknown(name) is { } problem) return problem;
        if (length < TimeSpan.Zero || length > LongestSilence)
            return $"a silence of {length} is out of range: use up to {LongestSilence.TotalDays} days";
        if (why.Trim().Length == 0) return "say why: the next one on call reads it";
        await database.WriteAsync(transaction =>
        {
            var now = clock.GetUtcNow();
            AlertStore.Silence(transaction, new AlertSilence(name, now + length, Named.By(by, clear), clear(why)), now);
        }, cancellationToken);
        return null;
    }

    /// <summary>Sends a test message where alerts go.</summary>
    public Task TestAsync(AlertPolicy policy, string by, CancellationToken cancellationToken) => database.WriteAsync(
        transaction => notifier.Test(transaction, policy, Named.By(by, clear), clock.GetUtcNow()), cancellationToken);

    /// <summary>What is wrong with a name that is none of an alert; null when it is one.</summary>
    public static string? Unknown(string name) =>
        name == AlertSilence.All || AlertCatalog.All.Any(r => r.Name == name) ? null
            : $"there is no alert '{name}'{Suggestion.Hint(name, [.. AlertCatalog.All.Select(r => r.Name)])}";
}
