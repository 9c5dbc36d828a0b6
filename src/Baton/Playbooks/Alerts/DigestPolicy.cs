namespace Baton.Playbooks.Alerts;

/// <summary>What <c>digest</c> in <c>alerts.yaml</c> says: when people are told what happened, and who.</summary>
public sealed record DigestPolicy
{
    /// <summary>Five fields; null: no daily digest. Default: at seven every day.</summary>
    public string? Daily { get; init; } = "0 7 * * *";

    /// <summary>Five fields; null: no weekly digest. Default: at half past seven on Mondays.</summary>
    public string? Weekly { get; init; } = "30 7 * * 1";

    /// <summary>IANA zone of both lines. Default: the playbook's.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>Channels that carry it, by name; none: the one that carries notices.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>E-mail addresses of the channel <c>email</c>; none: where its notices go.</summary>
    public IReadOnlyList<string> Mail { get; init; } = [];

    /// <summary>
    /// What provisioned throughput would cost, dollars a month: the digest says when it would be cheaper. Null: it says
    /// nothing of it.
    /// </summary>
    public decimal? ProvisionedMonthly { get; init; }
}
