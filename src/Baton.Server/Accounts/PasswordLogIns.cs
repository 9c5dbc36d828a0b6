using System.Net;
using Baton.Operations;
using Baton.People;
using Baton.People.SignIn;
using Baton.Server.Api;

namespace Baton.Server.Accounts;

/// <summary>What became of an attempt of a person to sign in.</summary>
internal abstract record PasswordOutcome
{
    private PasswordOutcome() { }

    public sealed record Opened(Person Person) : PasswordOutcome;

    public sealed record NeedsCode(Person Person) : PasswordOutcome;

    public sealed record Refused : PasswordOutcome;

    public sealed record TooMany(TimeSpan RetryAfter) : PasswordOutcome;
}

/// <summary>
/// Passwords and codes under the limit of log-ins: an address that guesses has to wait, whomever it tries.
/// </summary>
internal sealed partial class PasswordLogIns(SignIns signIns, LogInLimit limit, ILogger<PasswordLogIns> log)
{
    public Task<PasswordOutcome> TryAsync(
        IPAddress? address, string email, string password, CancellationToken cancellationToken) =>
        TryAsync(address, from => signIns.CheckAsync(email, password, from, cancellationToken));

    /// <summary>The second step, after the password was right.</summary>
    public Task<PasswordOutcome> TryCodeAsync(
        IPAddress? address, string personId, string code, CancellationToken cancellationToken) =>
        TryAsync(address, from => signIns.CheckCodeAsync(personId, code, from, cancellationToken));

    private async Task<PasswordOutcome> TryAsync(IPAddress? address, Func<string, Task<SignInOutcome>> check)
    {
        var from = CallerAddress.Of(address);
        if (limit.Take(address) is { } wait)
        {
            TooMany(log, from);
            return new PasswordOutcome.TooMany(wait);
        }
        switch (await check(from))
        {
            case SignInOutcome.Accepted { Person: var person }:
                limit.Succeeded(address);
                return new PasswordOutcome.Opened(person);
            case SignInOutcome.NeedsCode { Person: var person }:
                limit.Succeeded(address);
                return new PasswordOutcome.NeedsCode(person);
            default:
                Refused(log, from);
                return new PasswordOutcome.Refused();
        }
    }

    [LoggerMessage(LogLevel.Warning,
        "Log-in from {Address} refused: wrong e-mail, password or code, or a locked account")]
    private static partial void Refused(ILogger log, string address);

    [LoggerMessage(LogLevel.Warning, "Log-in from {Address} refused unread: too many were refused before")]
    private static partial void TooMany(ILogger log, string address);
}
