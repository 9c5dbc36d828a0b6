using System.Text.Json.Nodes;
using static Baton.Benchmarks.Tau2.Bank.BankRecords;

namespace Baton.Benchmarks.Tau2.Bank;

/// <summary>What the bank's own records say of requests about credit cards.</summary>
internal sealed class BankCreditCards(BankRecords records, Func<JsonNode?, bool> theirs)
{
    public JsonObject Account(JsonObject inputs)
    {
        if (records.Find("credit_card_accounts", inputs["credit_card_account_id"]) is not { } card) return [];
        var orders = records.Where("credit_card_orders", "credit_card_account_id", inputs["credit_card_account_id"]);
        var reasons = records.Where(
            "credit_card_closure_reasons", "credit_card_account_id", inputs["credit_card_account_id"]);
        var rule = BankTiers.CardRule(BankTiers.CardTier(card));
        return new JsonObject
        {
            ["theirs"] = theirs(card["user_id"]) && (inputs["user_id"] is null || theirs(inputs["user_id"])) ? 1 : 0,
            ["status"] = Word(card["account_status"] ?? card["status"] ?? "ACTIVE"),
            ["balance"] = Money(card["current_balance"]), ["days"] = Days(card["date_of_account_open"]),
            ["disputes"] = Disputes(card).Count(IsOpen),
            ["orders"] = orders.Count(o => Word(o["status"]) is "ORDERED" or "PENDING" or "PROCESSING" or "SHIPPED"),
            ["room"] = rule.Replacements - orders.Count(o => Days(o["order_date"]) < 60),
            ["offer"] = rule.Offer, ["reasons_today"] = reasons.Count(r => Days(r["logged_at"]) == 0),
            ["reasons_before"] = reasons.Count(r => Days(r["logged_at"]) is > 0 and <= 365),
            ["business"] = Word(card["card_type"]).StartsWith("Business", StringComparison.Ordinal) ? 1 : 0,
            ["checking"] = records.Account(inputs["checking_account_id"]) is { } account && theirs(account["user_id"])
                ? Money(account["current_holdings"]) : -1,
        };
    }

    public JsonObject Limit(JsonObject inputs)
    {
        if (records.Find("credit_card_accounts", inputs["credit_card_account_id"]) is not { } card) return [];
        var account = Account(inputs);
        var (limit, rule) = (Money(card["credit_limit"]), BankTiers.LimitRule(BankTiers.CardTier(card)));
        var asked = records.Where(
            "credit_limit_increase_requests", "credit_card_account_id", inputs["credit_card_account_id"]);
        var submitted = asked.LastOrDefault(a => Word(a["status"]) == "SUBMITTED");
        var paid = records.Where("payment_history", "credit_card_account_id", inputs["credit_card_account_id"])
            .OrderByDescending(p => Date(p["payment_date"])).Take(rule.Months).ToList();
        account["most"] = limit * rule.Raise;
        account["submitted"] = submitted is null ? 0 : 1;
        account["new_limit"] = limit + Money(submitted?["requested_increase_amount"]);
        account["young"] = Days(card["date_of_account_open"]) < rule.Days ? 1 : 0;
        account["recent"] = asked.Count(a => Word(a["status"]) == "APPROVED" && Days(a["submitted_date"]) < rule.Days);
        account["past_due"] = Money(card["past_due_amount"]);
        account["overused"] = limit <= 0 || Money(card["current_balance"]) / limit >= rule.Use ? 1 : 0;
        account["unpaid_months"] = rule.Months - paid.Count(p => Word(p["status"]) == "ON_TIME");
        return account;
    }

    public JsonObject Charge(JsonObject inputs)
    {
        if (records.Find("credit_card_transaction_history", inputs["transaction_id"]) is not { } charge
            || records.Find("users", inputs["user_id"]) is not { } user) return [];
        var disputes = records.Where("transaction_disputes", "user_id", inputs["user_id"]);
        var card = records.Where("credit_card_accounts", "user_id", inputs["user_id"]).FirstOrDefault(
            a => Word(a["account_id"]) == Word(charge["credit_card_account_id"])
                || Word(a["card_type"]) == Word(charge["credit_card_type"])) ?? [];
        var amount = Money(charge["transaction_amount"]);
        return new JsonObject
        {
            ["theirs"] = theirs(inputs["user_id"]) && Word(charge["user_id"]) == Word(inputs["user_id"]) ? 1 : 0,
            ["registered"] = Registered(user, inputs) ? 1 : 0,
            ["date_fits"] = Word(charge["transaction_date"]) == Word(inputs["purchase_date"]) ? 1 : 0,
            ["digits_fit"] = Word(card["card_last_4_digits"] ?? inputs["card_last_4_digits"])
                == Word(inputs["card_last_4_digits"]) ? 1 : 0,
            ["again"] = disputes.Count(d => Word(d["transaction_id"]) == Word(inputs["transaction_id"])),
            ["part_over"] = Word(inputs["resolution_requested"]) == "partial_refund"
                && (Money(inputs["partial_refund_amount"]) is var part && (part <= 0 || part > amount)) ? 1 : 0,
            ["credited"] = Word(inputs["eligible_for_provisional_credit"]) == "true" ? 1 : 0,
            ["credit_due"] = amount >= 25 && amount <= BankTiers.MostCredit(card)
                && Days(card["date_of_account_open"]) >= 60
                && disputes.Count(d => Days(d["submitted_at"]) is > 0 and <= 365) <= 2
                && Creditable(inputs, Days(charge["transaction_date"])) ? 1 : 0,
        };
    }

    /// <summary>A correction needs a dispute about this transaction that was decided for the customer.</summary>
    public JsonObject Rewards(JsonObject inputs)
    {
        if (records.Find("credit_card_transaction_history", inputs["transaction_id"]) is not { } charge) return [];
        return new JsonObject
        {
            ["theirs"] = theirs(charge["user_id"]) ? 1 : 0,
            ["approved"] = records.Where("cash_back_disputes", "transaction_id", inputs["transaction_id"])
                .Count(d => Word(d["status"]) is "APPROVED" or "RESOLVED"),
        };
    }

    private static bool Creditable(JsonObject inputs, int? days)
    {
        var asked = Word(inputs["contacted_merchant"]) == "true";
        return Word(inputs["dispute_reason"]) switch
        {
            "unauthorized_fraudulent_charge" => true,
            "duplicate_charge" => asked,
            "goods_services_not_received" => asked && days > 30,
            _ => false,
        };
    }

    /// <summary>Those of the account, as far as a transaction says of which it is.</summary>
    private IEnumerable<JsonObject> Disputes(JsonObject card) =>
        from dispute in records.Where("transaction_disputes", "user_id", card["user_id"])
        let charge = records.Find("credit_card_transaction_history", dispute["transaction_id"])
        where charge is null || Word(charge["credit_card_type"] ?? card["card_type"]) == Word(card["card_type"])
        select dispute;

    private static bool IsOpen(JsonObject dispute) =>
        Word(dispute["status"]) is "SUBMITTED" or "UNDER_REVIEW" or "OPEN";

    private static bool Registered(JsonObject user, JsonObject inputs) =>
        Word(user["name"]) == Word(inputs["full_name"]) && Word(user["email"]) == Word(inputs["email"])
        && Word(user["phone_number"]) == Word(inputs["phone"]) && Word(user["address"]) == Word(inputs["address"]);
}
