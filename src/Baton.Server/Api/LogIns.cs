using System.Net;
using Baton.Operations;

namespace Baton.Server.Api;

/// <summary>What became of an attempt to log in.</summary>
internal abstract record LogInOutcome
{
    private LogInOutcome() { }

    public sealed record Opened(ApiKey Key, string Session) : LogInOutcome;

    public sealed record NobodysKey : LogInOutcome;

    public sealed record TooMany(TimeSpan RetryAfter) : LogInOutcome;
}

/// <summary>
/// Exchanges a key for a session of the console. Every attempt is logged, and on the record, without the key.
/// </summary>
internal sealed partial class LogIns(ApiKeys keys, ConsoleSessions sessions, LogInLimit limit, ILogger<LogIns> log)
{
    public async Task<LogInOutcome> TryAsync(IPAddress? address, string key, CancellationToken cancellationToken)
    {
        var from = CallerAddress.Of(address);
        if (limit.Take(address, key) is { } wait)
        {
            // In the log only: what is refused unread must not be able to fill the record.
            TooMany(log, from);
            return new LogInOutcome.TooMany(wait);
        }
        if (keys.Find(key) is not { } owner)
        {
            Refused(log, from);
            await sessions.RefusedAsync(from, "nobody has this key, or it has ended", cancellationToken);
            return new LogInOutcome.NobodysKey();
        }
        limit.Succeeded(address, key);
        var session = await sessions.StartAsync(owner, from, cancellationToken);
        Opened(log, owner.Name, owner.Id, session, from);
        return new LogInOutcome.Opened(owner, session);
    }

    [LoggerMessage(LogLevel.Information, "Log-in with key {Name} ({Key}) from {Address}: session {Session}")]
    private static partial void Opened(ILogger log, string name, string key, string session, string address);

    [LoggerMessage(LogLevel.Warning, "Log-in from {Address} refused: nobody has this key, or it has ended")]
    private static partial void Refused(ILogger log, string address);

    [LoggerMessage(LogLevel.Warning, "Log-in from {Address} refused unread: too many were refused before")]
    private static partial void TooMany(ILogger log, string address);
}
