using System.Text.Json;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Operations;

/// <summary>The audit of keys and sessions: events in the ledger, without secrets.</summary>
internal static class AccessRecord
{
    private const string Stream = "operations/access";

    /// <summary>Adds one event in the transaction that changes what it tells of.</summary>
    public static void Append(
        WriteTransaction transaction, DateTimeOffset at, string type,
        params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var data = new Dictionary<string, string>();
        foreach (var (name, value) in fields) data[name] = value;
        Ledger.Extend(transaction, Stream,
            new NewEvent(type, at, JsonSerializer.SerializeToUtf8Bytes(data)));
    }
}
