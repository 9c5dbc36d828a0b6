using System.ComponentModel.DataAnnotations;
using Baton.Channels.Events;
using Baton.Operations.Vendors;

namespace Baton.Channels.Webhook;

/// <summary>The signed webhook: <c>BATON__Channels__Webhook__…</c>.</summary>
public sealed record WebhookOptions : VendorOptions
{
    private const int MostSecrets = 10;

    /// <summary>Where texts and notices are sent. Default none: nothing is sent.</summary>
    public override Uri? Url { get; init; }

    /// <summary>
    /// Secrets of Standard Webhooks (<c>whsec_…</c>, 24 to 64 bytes in base64), separated by commas or spaces. Each is
    /// good for what comes in; all sign what goes out. So a secret is changed without a gap: add the new one, change
    /// the other side, remove the old one.
    /// </summary>
    public string Secrets { get; init; } = "";

    /// <summary>
    /// Events of tickets that are sent as well, separated by commas or spaces: <c>ticket.decided</c>,
    /// <c>ticket.escalated</c>, <c>sla.breached</c>. Default none.
    /// </summary>
    public string Events { get; init; } = "";

    /// <summary>
    /// How far the clock of the other side may be off, and how old a request may be. Default 5 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Largest request in bytes that is read. Default 1 MiB.</summary>
    [Range(1_024, 4 * 1024 * 1024)]
    public int LargestBody { get; init; } = 1024 * 1024;

    internal IReadOnlyList<string> SecretList => Words(Secrets);

    internal IReadOnlyList<string> EventList => Words(Events);

    protected override IEnumerable<ValidationResult> Problems()
    {
        var secrets = SecretList;
        if (secrets.Count > MostSecrets)
            yield return new ValidationResult($"has {secrets.Count} secrets, use at most {MostSecrets}",
                [nameof(Secrets)]);
        for (var i = 0; i < secrets.Count; i++)
            if (!WebhookSignature.IsSecret(secrets[i]))
                yield return new ValidationResult(
                    $"secret {i + 1} of {secrets.Count} is none: use whsec_ and 24 to 64 random bytes in base64, "
                    + "as from `echo whsec_$(openssl rand -base64 32)`", [nameof(Secrets)]);
        if (EventList.Except(EventKeeper.Types).FirstOrDefault() is { } unknown)
            yield return new ValidationResult(
                $"has '{unknown}', use {string.Join(", ", EventKeeper.Types)}", [nameof(Events)]);
        if (Url is not null && secrets.Count == 0)
            yield return new ValidationResult("is set, but no secret to sign with: set Secrets", [nameof(Url)]);
    }

    /// <summary>Without the secrets: options end up in logs.</summary>
    public override string ToString() => $"{nameof(WebhookOptions)} {{ Url = {Url}, {SecretList.Count} secrets }}";
}
