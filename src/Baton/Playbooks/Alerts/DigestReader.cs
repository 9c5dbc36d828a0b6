using System.Net.Mail;
using Baton.Playbooks.Loading.Source;
using Cronos;

namespace Baton.Playbooks.Alerts;

/// <summary>Reads <c>digest</c> of <c>alerts.yaml</c>.</summary>
internal static class DigestReader
{
    private const string Never = "never";

    /// <summary>More is a list of its own at the mail server.</summary>
    private const int MostAddresses = 50;

    public static DigestPolicy Read(Section said, string timeZone)
    {
        var usual = new DigestPolicy();
        var policy = new DigestPolicy
        {
            Daily = Cron(said, "daily", usual.Daily), Weekly = Cron(said, "weekly", usual.Weekly),
            Zone = said.OptionalText("zone") ?? timeZone, To = said.Words("to"), Mail = Addresses(said),
            ProvisionedMonthly = said.Number("provisioned_monthly", 1, 100_000_000, "USD"),
        };
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(policy.Zone, out _))
            said.Problems.Add(said.Here, $"digest: '{policy.Zone}' is no time zone; write one like Europe/Berlin or UTC");
        said.Close();
        return policy;
    }

    private static string? Cron(Section said, string name, string? usual)
    {
        if (said.Located(name) is not { } line) return usual;
        if (line.Text == Never) return null;
        if (CronExpression.TryParse(line.Text, out var read) && read.GetNextOccurrence(DateTime.UnixEpoch) is not null)
            return line.Text;
        said.Problems.Add(line,
            $"digest: '{name}' is '{line.Text}', no cron line that ever comes; write five fields, as in 0 7 * * *, or never");
        return usual;
    }

    private static IReadOnlyList<string> Addresses(Section said)
    {
        var all = said.Texts("mail");
        foreach (var address in all)
            if (!MailAddress.TryCreate(address.Text, out var read) || read.Address != address.Text)
                said.Problems.Add(address, $"digest: '{address.Text}' is no e-mail address; write one like lead@example.com");
        if (all.Count > MostAddresses)
            said.Problems.Add(said.Here,
                $"digest: 'mail' has {all.Count} addresses, {MostAddresses} at most; write one of a mailing list");
        return [.. all.Select(a => a.Text)];
    }
}
