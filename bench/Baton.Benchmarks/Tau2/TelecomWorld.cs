using System.Text.Json.Nodes;

namespace Baton.Benchmarks.Tau2;

/// <summary>The telephone company of tau2, as far as its agent changes anything.</summary>
internal sealed class TelecomWorld(string data) : TauWorld("telecom", data)
{
    private List<(string Table, JsonObject Value)> _records = [];

    public override DateTimeOffset Now { get; } = new(2025, 2, 25, 12, 8, 0, TimeSpan.Zero);

    public override void Reset() => _records =
    [
        .. TauData.Lines(Path.Combine(Folder, "telecom_db.jsonl"))
            .Select(l => (Text(l["table"]), l["value"]!.AsObject())),
    ];

    public override void Begin(TauTask task)
    {
        Reset();
        if (task.Id.Contains("overdue_bill", StringComparison.Ordinal)) Suspend("L1002", "B1234321");
    }

    /// <summary>A bill that is overdue, for which a line was suspended: how one of the tasks begins.</summary>
    private void Suspend(string line, string bill)
    {
        Find("lines", "line_id", line)!["status"] = "Suspended";
        _records.Add(("bills", new JsonObject { ["bill_id"] = bill, ["status"] = "Overdue" }));
        var customer = _records.First(r => r.Table == "customers"
            && r.Value["line_ids"]!.AsArray().Any(l => Text(l) == line)).Value;
        customer["bill_ids"]!.AsArray().Add(bill);
    }

    public override JsonObject Review(string lookup, JsonObject inputs)
    {
        if (Find("customers", "customer_id", Text(inputs["customer_id"])) is not { } customer) return [];
        var bills = customer["bill_ids"]!.AsArray().Select(b => Find("bills", "bill_id", Text(b)))
            .OfType<JsonObject>().ToList();
        var (line, bill) = (Find("lines", "line_id", Text(inputs["line_id"])), Text(inputs["bill_id"]));
        return new JsonObject
        {
            ["theirs"] = (lookup == "review_bill" ? customer["bill_ids"] : customer["line_ids"])!.AsArray()
                .Any(i => Text(i) == (lookup == "review_bill" ? bill : Text(inputs["line_id"]))) ? 1 : 0,
            ["status"] = lookup == "review_bill" ? Text(Find("bills", "bill_id", bill)?["status"])
                : Text(line?["status"]),
            ["awaiting"] = bills.Count(b => Text(b["status"]) == "Awaiting Payment"),
            ["overdue"] = bills.Count(b => Text(b["status"]) == "Overdue"),
            ["contract_ended"] = DateTimeOffset.TryParse(
                Text(line?["contract_end_date"]), System.Globalization.CultureInfo.InvariantCulture, out var end)
                && end < Now ? 1 : 0,
        };
    }

    public override void Apply(TauCall call)
    {
        // The customer pays what was asked for: that is theirs to do, and the next gold call builds on it.
        if (call.Tool == "send_payment_request")
            Find("bills", "bill_id", Text(call.Inputs["bill_id"]))!["status"] = "Paid";
        if (call.Tool == "resume_line")
            Find("lines", "line_id", Text(call.Inputs["line_id"]))!["status"] = "Active";
    }

    private JsonObject? Find(string table, string key, string id) =>
        _records.FirstOrDefault(r => r.Table == table && Text(r.Value[key]) == id).Value;
}
