using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Baton.Benchmarks.Tau2.Bank.BankRecords;

namespace Baton.Benchmarks.Tau2.Bank;

/// <summary>What the bank's own records say of requests about debit cards.</summary>
internal sealed partial class BankDebitCards(BankRecords records, Func<JsonNode?, bool> theirs)
{
    public JsonObject Card(JsonObject inputs)
    {
        if (records.Find("debit_cards", inputs["card_id"]) is not { } card) return [];
        var account = records.Account(card["account_id"]) ?? [];
        var moves = records.Where("bank_account_transaction_history", "account_id", card["account_id"]);
        return new JsonObject
        {
            ["theirs"] = theirs(card["user_id"]) ? 1 : 0, ["status"] = Word(card["status"]),
            ["days"] = Days(card["issue_date"] ?? card["date_issued"]), ["issued"] = Word(card["issue_reason"]),
            ["account_open"] = Word(account["status"]) == "OPEN" ? 1 : 0,
            ["account_days"] = Days(account["date_opened"]),
            ["pending"] = moves.Count(m => Word(m["status"]) == "pending" && Word(m["type"]) == "debit_card_purchase"),
            ["overdrafts"] = moves.Count(m => Word(m["type"]) == "overdraft_fee" && Days(m["date"]) <= 30),
            ["digits_fit"] = Word(card["last_4_digits"]) == Word(inputs["last_4_digits"]) ? 1 : 0,
            ["cvv_fits"] = Word(card["cvv"]) == Word(inputs["cvv"]) ? 1 : 0,
            ["pin_weak"] = IsWeak(Word(inputs["pin"] ?? inputs["new_pin"]), records.Find("users", card["user_id"]))
                ? 1 : 0,
            ["alert"] = Word(card["fraud_alert_active"]) == "true" ? Word(card["alert_source"]) : "none",
            ["velocity"] = Word(card["velocity_blocked"]) == "true" ? 1 : 0,
            ["security_hold"] = Word(card["pin_lock_reason"]) == "security_hold" ? 1 : 0,
            ["limit"] = BankTiers.DailyLimit(account, Word(inputs["limit_type"])) is > 0 and var limit ? limit : null,
            ["raised"] = Word(card["raised"]) == "today" ? 1 : 0,
        };
    }

    public JsonObject Order(JsonObject inputs)
    {
        if (records.Account(inputs["account_id"]) is not { } account) return [];
        var user = records.Find("users", account["user_id"]) ?? [];
        var cards = records.Where("debit_cards", "account_id", inputs["account_id"]);
        var tier = BankTiers.Tier(account);
        return new JsonObject
        {
            ["theirs"] = theirs(account["user_id"]) && theirs(inputs["user_id"]) ? 1 : 0,
            ["kind"] = BankTiers.Kind(account["class"]), ["status"] = Word(account["status"]),
            ["business_days"] = BusinessDays(account), ["age"] = BankAccounts.Age(user),
            ["active"] = cards.Count(c => Word(c["status"]) == "ACTIVE"),
            ["pending"] = cards.Count(c => Word(c["status"]) == "PENDING")
                + records.Where("debit_card_orders", "account_id", inputs["account_id"])
                    .Count(o => Word(o["status"]) is "PENDING" or "PROCESSING" or "SHIPPED"),
            ["balance"] = Money(account["current_holdings"]),
            ["domestic"] = Domestic().IsMatch(Word(user["address"]))
                && Domestic().IsMatch(Word(inputs["shipping_address"])) ? 1 : 0,
            ["delivery_due"] = BankTiers.Delivery(tier, Word(inputs["delivery_option"])),
            ["design_due"] = BankTiers.Design(tier, Word(inputs["card_design"])),
            ["room"] = BankTiers.MostCards(tier) - cards.Count(c => Days(c["issue_date"]) <= 365
                && Word(c["issue_reason"]) is "lost" or "stolen" or "fraud" or "damaged"),
            ["waits"] = tier == "entry" && cards.Any(c => Days(c["closed"]) < 2) ? 1 : 0,
        };
    }

    public JsonObject Dispute(JsonObject inputs)
    {
        if (records.Find("bank_account_transaction_history", inputs["transaction_id"]) is not { } move
            || records.Account(inputs["account_id"]) is not { } account
            || records.Find("debit_cards", inputs["card_id"]) is not { } card) return [];
        var disputes = records.Where("debit_card_disputes", "account_id", inputs["account_id"]);
        return new JsonObject
        {
            ["theirs"] = theirs(account["user_id"]) && theirs(inputs["user_id"]) && theirs(card["user_id"]) ? 1 : 0,
            ["of_account"] = Word(move["account_id"]) == Word(inputs["account_id"]) ? 1 : 0,
            ["of_card"] = Word(card["account_id"]) == Word(inputs["account_id"]) ? 1 : 0,
            ["account_open"] = Word(account["status"]) == "OPEN" ? 1 : 0,
            ["amount"] = Math.Abs(Money(move["amount"])), ["days"] = Days(move["date"]),
            ["date_fits"] = Date(move["date"]) == Date(inputs["transaction_date"]) ? 1 : 0,
            ["noticed_days"] = Days(inputs["discovery_date"]),
            ["noticed_after"] = Days(move["date"]) - Days(inputs["discovery_date"]),
            ["again"] = disputes.Count(d => Word(d["transaction_id"]) == Word(inputs["transaction_id"])),
            ["room"] = BankTiers.MostDisputes(BankTiers.Tier(account)) - disputes.Count(d => Word(d["status"]) is "OPEN"
                or "PENDING_DOCUMENTATION" or "UNDER_REVIEW" or "PROVISIONAL_CREDIT_ISSUED" or "SUBMITTED"),
            ["card_action_due"] = Word(inputs["dispute_category"]) switch
            {
                "card_present_fraud" or "card_not_present_fraud" => "close_and_reissue",
                "unauthorized_transaction" => "freeze_pending_investigation",
                _ => "keep_active",
            },
            ["pin_shared"] = Word(inputs["pin_compromised"]) == "yes_shared" ? 1 : 0,
            ["credited"] = Word(inputs["provisional_credit_eligible"]) == "true" ? 1 : 0,
            ["stated"] = Word(inputs["written_statement_provided"]) == "true" ? 1 : 0,
            ["merchant_asked"] = Word(inputs["contacted_merchant"]) == "true" ? 1 : 0,
        };
    }

    private static int BusinessDays(JsonObject account) => Date(account["date_opened"]) is not { } opened ? 0
        : Enumerable.Range(1, Math.Clamp(Today.DayNumber - opened.DayNumber, 0, 30)).Count(
            d => opened.AddDays(d).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    /// <summary>Not four digits, all alike, in a row, or the customer's day or year of birth.</summary>
    private static bool IsWeak(string pin, JsonObject? user) =>
        pin.Length != 4 || !pin.All(char.IsAsciiDigit) || pin.Distinct().Count() == 1
        || Enumerable.Range(1, 3).All(i => pin[i] - pin[i - 1] == 1)
        || Enumerable.Range(1, 3).All(i => pin[i] - pin[i - 1] == -1)
        || (Word(user?["date_of_birth"]).Split('/') is [var month, var day, var year]
            && (pin == year || pin == month + day));

    [GeneratedRegex(@",\s*[A-Z]{2} \d{5}$")]
    private static partial Regex Domestic();
}
