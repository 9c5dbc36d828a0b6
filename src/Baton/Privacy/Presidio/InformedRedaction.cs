using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Baton.Privacy.Presidio;

/// <summary>
/// Gives intake a redactor that also knows what a Presidio analyzer found in the texts at hand. Without one, or while
/// it is down, that is the local redactor: redaction never fails and never waits longer than the timeout.
/// </summary>
internal sealed partial class InformedRedaction(
    Redactor redactor, PresidioConnector? presidio, PresidioOptions options, TimeProvider clock,
    ILogger<InformedRedaction> logger)
{
    private long _silentUntil;

    /// <summary>A redactor for these texts; anything else it redacts as the local one does.</summary>
    public async ValueTask<Redactor> ForAsync(IEnumerable<string?> texts, CancellationToken cancellationToken)
    {
        if (presidio is null || clock.GetUtcNow().UtcTicks < Interlocked.Read(ref _silentUntil)) return redactor;
        var found = new ConcurrentDictionary<string, IReadOnlyList<PersonalSpan>>();
        var asked = texts.Where(t => !string.IsNullOrWhiteSpace(t)).Distinct()
            .Select(text => AskAsync(text!, found, cancellationToken));
        await Task.WhenAll(asked);
        return found.IsEmpty ? redactor : redactor.Knowing(found);
    }

    private async Task AskAsync(
        string text, ConcurrentDictionary<string, IReadOnlyList<PersonalSpan>> found,
        CancellationToken cancellationToken)
    {
        var (spans, degradation) = await presidio!.FindAsync(text, cancellationToken);
        if (degradation is null)
        {
            found[text] = spans;
            return;
        }
        LogDegraded(degradation);
        if (text.Length <= options.MaxCharacters)
            Interlocked.Exchange(ref _silentUntil, (clock.GetUtcNow() + options.PauseAfterFailure).UtcTicks);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Degradation}")]
    private partial void LogDegraded(string degradation);
}
