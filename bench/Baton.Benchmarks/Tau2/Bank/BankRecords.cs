using System.Globalization;
using System.Text.Json.Nodes;

namespace Baton.Benchmarks.Tau2.Bank;

/// <summary>The bank's tables, with what a task adds to them and what the calls so far have changed.</summary>
internal sealed class BankRecords
{
    private readonly Dictionary<string, Dictionary<string, JsonObject>> _tables = [];

    /// <summary>The day on which the records stand still.</summary>
    public static DateOnly Today { get; } = new(2025, 11, 14);

    /// <summary>Whether disputes about cash back are approved at once, as some tasks have it.</summary>
    public bool ResolvesDisputes { get; private set; }

    /// <summary>Reads the tables anew, and adds the task's own rows.</summary>
    public void Load(string path, JsonObject? start)
    {
        _tables.Clear();
        foreach (var line in TauData.Lines(path).Where(l => l["value"] is not null))
            Table(line["table"]!.ToString())[line["key"]!.ToString()] = line["value"]!.DeepClone().AsObject();
        foreach (var (table, rows) in start ?? [])
            foreach (var (key, row) in rows?["data"] as JsonObject ?? [])
                Table(table)[key] = row!.DeepClone().AsObject();
        ResolvesDisputes = Find("task_config", "dispute_settings")?["auto_resolve_disputes"]?.ToString() == "true";
    }

    public JsonObject? Find(string table, JsonNode? key) => Table(table).GetValueOrDefault(key?.ToString() ?? "");

    /// <summary>
    /// An account. The bank's system gives new ones a number that only it knows: the first unknown number after an
    /// opening is taken for the new account's.
    /// </summary>
    public JsonObject? Account(JsonNode? id)
    {
        if (Find("accounts", id) is { } known) return known;
        var (key, one) = Table("accounts").FirstOrDefault(a => a.Value["unnamed"] is not null);
        if (id is null || one is null) return null;
        Table("accounts").Remove(key);
        one.Remove("unnamed");
        return Table("accounts")[id.ToString()] = one;
    }

    /// <summary>Rows of a table in which a field has this value.</summary>
    public List<JsonObject> Where(string table, string field, JsonNode? value) =>
        [.. Table(table).Values.Where(r => value is not null && Word(r[field]) == value.ToString())];

    public void Add(string table, JsonObject row) => Table(table)[$"new-{Table(table).Count}"] = row;

    public static string Word(JsonNode? node) => node?.ToString() ?? "";

    /// <summary>Amounts are written as numbers, as text and with a dollar sign; 0 where there is none.</summary>
    public static decimal Money(JsonNode? node) => decimal.TryParse(
        Word(node).Replace("$", "").Replace(",", "").Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture,
        out var amount) ? amount : 0;

    /// <summary>Days since a day written MM/DD/YYYY; null where there is none, which lets no condition hold.</summary>
    public static int? Days(JsonNode? day) =>
        Date(day) is { } date ? Today.DayNumber - date.DayNumber : null;

    /// <summary>The day of a moment; some tables write the time behind it.</summary>
    public static DateOnly? Date(JsonNode? day) => DateOnly.TryParseExact(
        Word(day).Split(' ')[0], "MM/dd/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        ? date : null;

    public static string Written(DateOnly day) => day.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture);

    private Dictionary<string, JsonObject> Table(string name) =>
        _tables.TryGetValue(name, out var table) ? table : _tables[name] = [];
}
