using Baton.Operations.Scheduling;
using Baton.Playbooks;
using Baton.Playbooks.Alerts;
using Microsoft.Extensions.Logging;

namespace Baton.Incidents.Digesting;

/// <summary>Follows what the playbook says of digests, and sends each when its time has come.</summary>
internal sealed partial class DigestSchedule(
    Schedules schedules, DigestDesk desk, PlaybookHost playbooks, ILogger<DigestSchedule> logger)
{
    /// <summary>Kind of the jobs, and names of what they are for.</summary>
    public const string Kind = "digest_schedule", Daily = "digest-daily", Weekly = "digest-weekly",
        Provisioned = "cost-provisioned";

    /// <summary>The first day of each quarter, before anybody reads a digest.</summary>
    private const string Quarterly = "0 5 1 1,4,7,10 *";

    private (DigestPolicy? Policy, bool IsSet) _followed;

    /// <summary>Sets the calendar where the playbook says another one than before; else it does nothing.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        var policy = playbooks.Current.Alerts.Digest;
        if (_followed.IsSet && _followed.Policy == policy) return;
        var zone = policy?.Zone ?? "UTC";
        await SetAsync(Daily, policy?.Daily, zone, cancellationToken);
        await SetAsync(Weekly, policy?.Weekly, zone, cancellationToken);
        await SetAsync(Provisioned, policy?.ProvisionedMonthly is null ? null : Quarterly, zone, cancellationToken);
        _followed = (policy, true);
    }

    /// <summary>One job.</summary>
    /// <param name="name">Of its schedule.</param>
    public async Task RunAsync(string name, CancellationToken cancellationToken)
    {
        if (await schedules.FiredAsync(name, cancellationToken) is null) return;
        if (name == Provisioned)
        {
            await desk.CheckProvisionedAsync(cancellationToken);
            return;
        }
        var sent = await desk.SendAsync(name == Weekly, again: false, cancellationToken);
        LogSent(sent.Id, sent.To.Count);
    }

    private async Task SetAsync(string name, string? cron, string zone, CancellationToken cancellationToken)
    {
        try
        {
            if (cron is null) await schedules.RemoveAsync(name, Kind, cancellationToken);
            else await schedules.SetAsync(name, Kind, cron, zone, cancellationToken);
        }
        catch (FormatException error)
        {
            LogUnusable(error.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Digest {Id} is on its way to {Recipients} recipients")]
    private partial void LogSent(string id, int recipients);

    [LoggerMessage(Level = LogLevel.Error, Message = "Digests are not sent by the calendar: {Problem}")]
    private partial void LogUnusable(string problem);
}
