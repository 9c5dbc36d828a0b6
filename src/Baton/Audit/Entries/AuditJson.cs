using System.Globalization;
using System.Text.Json.Nodes;
using Baton.Playbooks;
using Baton.Text;

namespace Baton.Audit.Entries;

/// <summary>Entries as JSON and as lines of CSV, with the same names.</summary>
internal static class AuditJson
{
    /// <summary>Names of the columns of a CSV file, in their order.</summary>
    public const string Heads = "seq,at,kind,type,actor,subject,ticket,why,before,after,stream,version,hash";

    public static JsonObject Of(AuditEntry entry) => new()
    {
        ["seq"] = entry.Seq, ["at"] = Time(entry.At), ["kind"] = EnumWords.Of(entry.Kind), ["type"] = entry.Type,
        ["actor"] = entry.Actor, ["subject"] = entry.Subject, ["ticket"] = entry.Ticket, ["why"] = entry.Why,
        ["before"] = entry.Before, ["after"] = entry.After, ["stream"] = entry.Stream, ["version"] = entry.Version,
        ["hash"] = entry.Hash,
    };

    public static JsonObject Of(AuditList page) => new()
    {
        ["items"] = new JsonArray([.. page.Items.Select(entry => (JsonNode)Of(entry))]),
        ["next"] = page.Next?.ToString(),
    };

    public static string Line(AuditEntry entry) => string.Join(',', ((string?[])
    [
        entry.Seq.ToString(CultureInfo.InvariantCulture), Time(entry.At), EnumWords.Of(entry.Kind), entry.Type,
        entry.Actor, entry.Subject, entry.Ticket, entry.Why, entry.Before, entry.After, entry.Stream,
        entry.Version.ToString(CultureInfo.InvariantCulture), entry.Hash,
    ]).Select(CsvText.Field));

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
