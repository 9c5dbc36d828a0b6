using Baton.Gateway.Money;
using Baton.Storage;

namespace Baton.Incidents.Digesting;

/// <summary>Which side was cheaper when somebody last looked: once a quarter, while a fixed price is named.</summary>
internal static class ProvisionedChecks
{
    /// <summary>Whether provisioned throughput was the cheaper side; null: nobody has looked.</summary>
    public static bool? Last(ReadConnection connection) => connection.First<bool?>(
        "select cheaper from provisioned_checks order by at_ms desc limit 1", row => row.Bool(0));

    public static void Add(WriteTransaction transaction, BreakEven even, DateTimeOffset at) => transaction.Execute(
        """
        insert into provisioned_checks (at_ms, cheaper, report) values ($1, $2, $3)
        on conflict (at_ms) do nothing
        """, SqlValue.Ms(at), even.IsProvisionedCheaper, even.ToJson().ToJsonString());
}
