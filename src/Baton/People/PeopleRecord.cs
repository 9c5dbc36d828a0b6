using System.Text.Json;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.People;

/// <summary>The audit of people: events in the ledger that name ids and fields, never a name or an address.</summary>
internal static class PeopleRecord
{
    /// <summary>The stream of one person.</summary>
    public static string Stream(string person) => "operations/people/" + person;

    /// <summary>Adds one event in the transaction that changes what it tells of.</summary>
    public static void Append(
        WriteTransaction transaction, string person, DateTimeOffset at, string type,
        params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var data = new Dictionary<string, string> { ["person"] = person };
        foreach (var (name, value) in fields) data[name] = value;
        var stream = Stream(person);
        Ledger.Extend(transaction, stream,
            new NewEvent(type, at, JsonSerializer.SerializeToUtf8Bytes(data)));
    }
}
