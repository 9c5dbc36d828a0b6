using System.Text.Json.Nodes;
using Baton.Playbooks.Acting;

namespace Baton.Benchmarks.Tau2.Bank;

/// <summary>The bank of tau2, whose tools stand only in its documents. Who asks is whom the task verified.</summary>
internal sealed class BankingWorld(string data) : TauWorld("banking", data)
{
    /// <summary>Written in place of a customer where a supervisor's code was accepted: it names nobody.</summary>
    private const string Bypass = "9K2X7M4P1N8Q3R5T6A";

    private static readonly string[] Personal = ["name", "address", "email", "phone_number", "date_of_birth"];

    private readonly BankRecords _records = new();
    private string? _verified;

    public override DateTimeOffset Now { get; } = new(2025, 11, 14, 8, 40, 0, TimeSpan.Zero);

    public override IdentityNeed Identity => _verified is null ? IdentityNeed.None : IdentityNeed.Verified;

    public override void Reset() => Begin(new TauTask("", 0, []));

    public override void Begin(TauTask task)
    {
        _records.Load(Path.Combine(Folder, "banking_db.jsonl"), task.Start);
        _verified = null;
    }

    public override JsonObject Review(string lookup, JsonObject inputs) => lookup switch
    {
        "review_person" => Person(inputs),
        "review_customer" => Customer(inputs),
        "review_account" => new BankAccounts(_records, Theirs).Account(inputs),
        "review_opening" => new BankAccounts(_records, Theirs).Opening(inputs),
        "review_transfer" => new BankAccounts(_records, Theirs).Transfer(inputs),
        "review_debit_card" => new BankDebitCards(_records, Theirs).Card(inputs),
        "review_debit_order" => new BankDebitCards(_records, Theirs).Order(inputs),
        "review_debit_dispute" => new BankDebitCards(_records, Theirs).Dispute(inputs),
        "review_card_account" => new BankCreditCards(_records, Theirs).Account(inputs),
        "review_limit" => new BankCreditCards(_records, Theirs).Limit(inputs),
        "review_charge" => new BankCreditCards(_records, Theirs).Charge(inputs),
        "review_rewards" => new BankCreditCards(_records, Theirs).Rewards(inputs),
        _ => [],
    };

    public override void Apply(TauCall call)
    {
        if (call.Tool == "log_verification") _verified = Text(call.Inputs["user_id"]);
        else BankEffects.Apply(_records, call);
    }

    /// <summary>A minor's account is also the parent's.</summary>
    private bool Theirs(JsonNode? user) => _verified is not null && (_verified == Bypass || Text(user) == _verified
        || Text(_records.Find("users", user)?["parent_user_id"]) == _verified);

    /// <summary>How many of what was logged as verified the records bear out.</summary>
    private JsonObject Person(JsonObject inputs)
    {
        var user = _records.Find("users", inputs["user_id"]);
        var bypassed = Personal.Append("user_id").All(f => Text(inputs[f]) == Bypass);
        return new JsonObject
        {
            ["matching"] = bypassed ? Personal.Length
                : Personal.Count(f => user is not null && Text(user[f]) == Text(inputs[f])),
        };
    }

    private JsonObject Customer(JsonObject inputs) => new()
    {
        ["known"] = _records.Find("users", inputs["user_id"]) is null ? 0 : 1,
        ["theirs"] = Theirs(inputs["user_id"]) ? 1 : 0,
    };
}
