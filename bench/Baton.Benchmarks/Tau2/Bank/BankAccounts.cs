using System.Text.Json.Nodes;
using static Baton.Benchmarks.Tau2.Bank.BankRecords;

namespace Baton.Benchmarks.Tau2.Bank;

/// <summary>What the bank's own records say of requests about accounts.</summary>
internal sealed class BankAccounts(BankRecords records, Func<JsonNode?, bool> theirs)
{
    public JsonObject Account(JsonObject inputs)
    {
        if (records.Account(inputs["account_id"]) is not { } account) return [];
        var others = records.Where("accounts", "user_id", account["user_id"]);
        var moves = records.Where("bank_account_transaction_history", "account_id", inputs["account_id"]);
        return new JsonObject
        {
            ["theirs"] = theirs(account["user_id"]) ? 1 : 0, ["status"] = Word(account["status"]),
            ["kind"] = BankTiers.Kind(account["class"]), ["tier"] = BankTiers.Tier(account),
            ["balance"] = Money(account["current_holdings"]), ["fee"] = BankTiers.ClosingFee(account),
            ["pending"] = moves.Count(m => Word(m["status"]) == "pending"),
            ["open_cards"] = records.Where("debit_cards", "account_id", inputs["account_id"])
                .Count(c => Word(c["status"]) is "ACTIVE" or "PENDING" or "FROZEN"),
            ["business_savings"] = others.Count(a => IsOpen(a, "business_savings")),
            ["business_checking"] = others.Count(a => IsOpen(a, "business_checking")),
            ["fees"] = -moves.Where(m => Word(m["type"]).EndsWith("fee", StringComparison.Ordinal))
                .Sum(m => Math.Min(0, Money(m["amount"]))),
            ["credits"] = moves.Count(m => Word(m["type"]) is "rebate_credit" or "fee_refund" or "interest_correction"
                && Days(m["date"]) < 14),
            ["corrected"] = moves.Where(m => Word(m["type"]) == "interest_correction").Sum(m => Money(m["amount"])),
        };
    }

    public JsonObject Opening(JsonObject inputs)
    {
        if (records.Find("users", inputs["user_id"]) is not { } user) return [];
        var own = records.Where("accounts", "user_id", inputs["user_id"]);
        var checking = own.Where(a => IsOpen(a, "checking")).ToList();
        return new JsonObject
        {
            ["theirs"] = theirs(inputs["user_id"]) ? 1 : 0, ["age"] = Age(user),
            ["checking"] = checking.Count, ["savings"] = own.Count(a => IsOpen(a, "savings")),
            ["business_checking"] = own.Count(a => IsOpen(a, "business_checking")),
            ["business_savings"] = own.Count(a => IsOpen(a, "business_savings")),
            ["checking_days"] = checking.Max(a => Days(a["date_opened"])) ?? -1,
            ["checking_balance"] = checking.Select(a => Money(a["current_holdings"])).DefaultIfEmpty(-1).Max(),
            ["negative"] = own.Count(a => Money(a["current_holdings"]) < 0 || Word(a["status"]) == "COLLECTIONS"),
            ["closed"] = own.Count(a => Word(a["status"]) == "CLOSED"),
            ["closed_for_cause"] = own.Count(a => Word(a["status"]) == "CLOSED_FOR_CAUSE"),
            ["business_ready"] = own.Count(a => IsOpen(a, "business_checking") && Days(a["date_opened"]) >= 30
                && Money(a["current_holdings"]) >= 2_500),
        };
    }

    public JsonObject Transfer(JsonObject inputs)
    {
        if (records.Account(inputs["source_account_id"]) is not { } source
            || records.Account(inputs["destination_account_id"]) is not { } destination) return [];
        return new JsonObject
        {
            ["theirs"] = theirs(source["user_id"]) && theirs(destination["user_id"]) ? 1 : 0,
            ["distinct"] = ReferenceEquals(source, destination) ? 0 : 1,
            ["open"] = new[] { source, destination }.Count(a => Word(a["status"]) is "OPEN" or "ACTIVE"),
            ["balance"] = Money(source["current_holdings"]),
        };
    }

    /// <summary>Years since the day of birth.</summary>
    public static int Age(JsonObject user)
    {
        if (Date(user["date_of_birth"]) is not { } born) return 0;
        var years = Today.Year - born.Year;
        return born.AddYears(years) > Today ? years - 1 : years;
    }

    private static bool IsOpen(JsonObject account, string kind) =>
        Word(account["status"]) == "OPEN" && BankTiers.Kind(account["class"]) == kind;
}
