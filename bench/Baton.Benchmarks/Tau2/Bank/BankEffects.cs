using System.Text.Json.Nodes;
using static Baton.Benchmarks.Tau2.Bank.BankRecords;

namespace Baton.Benchmarks.Tau2.Bank;

/// <summary>What a call changes in the bank's records.</summary>
internal static class BankEffects
{
    public static void Apply(BankRecords records, TauCall call)
    {
        var inputs = call.Inputs;
        var card = records.Find("debit_cards", inputs["card_id"]);
        var credit = records.Find("credit_card_accounts", inputs["credit_card_account_id"]);
        switch (call.Tool)
        {
            case "change_user_email" when records.Find("users", inputs["user_id"]) is { } user:
                user["email"] = Word(inputs["new_email"]);
                break;
            case "open_bank_account_4821": Open(records, inputs); break;
            case "transfer_funds_between_bank_accounts_7291":
                Move(records, inputs["source_account_id"], -Money(inputs["amount"]));
                Move(records, inputs["destination_account_id"], Money(inputs["amount"]));
                break;
            case "deposit_check_3847": Move(records, inputs["account_id"], Money(inputs["check_amount"])); break;
            case "close_bank_account_7392" when records.Account(inputs["account_id"]) is { } account:
                account["status"] = "CLOSED";
                break;
            case "apply_checking_account_credit_5829" or "apply_savings_account_credit_6831":
                Credit(records, inputs);
                break;
            case "close_debit_card_4721" when card is not null:
                (card["status"], card["closed"]) = ("CLOSED", Written(Today));
                break;
            case "freeze_debit_card_3892" when card is not null: card["status"] = "FROZEN"; break;
            case "unfreeze_debit_card_3893" when card is not null: card["status"] = "ACTIVE"; break;
            case "activate_debit_card_8291" or "activate_debit_card_8292" or "activate_debit_card_8293"
                when card is not null:
                card["status"] = "ACTIVE";
                break;
            case "clear_debit_card_fraud_alert_4892" when card is not null:
                (card["fraud_alert_active"], card["velocity_blocked"]) = (false, false);
                break;
            case "request_temporary_debit_card_limit_increase_8374" when card is not null:
                card["raised"] = "today";
                break;
            case "close_credit_card_account_7834" when credit is not null: credit["account_status"] = "CLOSED"; break;
            case "apply_statement_credit_8472" when credit is not null:
                credit["current_balance"] = Money(credit["current_balance"]) - Money(inputs["amount"]);
                break;
            case "approve_credit_limit_increase_5847" or "deny_credit_limit_increase_5848" when credit is not null:
                Decide(records, call, credit);
                break;
            default: Write(records, call); break;
        }
    }

    /// <summary>Calls that leave a row of their own.</summary>
    private static void Write(BankRecords records, TauCall call)
    {
        (string Table, string Date, string Status)? row = call.Tool switch
        {
            "order_debit_card_5739" => ("debit_card_orders", "order_date", "PENDING"),
            "order_replacement_credit_card_7291" => ("credit_card_orders", "order_date", "ORDERED"),
            "file_debit_card_transaction_dispute_6281" => ("debit_card_disputes", "filing_date", "OPEN"),
            "file_credit_card_transaction_dispute_4829" => ("transaction_disputes", "submitted_at", "SUBMITTED"),
            "log_credit_card_closure_reason_4521" => ("credit_card_closure_reasons", "logged_at", "LOGGED"),
            "submit_credit_limit_increase_request_7392" =>
                ("credit_limit_increase_requests", "submitted_date", "SUBMITTED"),
            "submit_cash_back_dispute_0589" => ("cash_back_disputes", "submitted_at",
                records.ResolvesDisputes ? "APPROVED" : "SUBMITTED"),
            _ => null,
        };
        if (row is not var (table, date, status)) return;
        var written = call.Inputs.DeepClone().AsObject();
        (written[date], written["status"]) = (Written(Today), status);
        records.Add(table, written);
    }

    private static void Open(BankRecords records, JsonObject inputs) => records.Add("accounts", new JsonObject
    {
        ["user_id"] = Word(inputs["user_id"]), ["class"] = Word(inputs["account_type"]),
        ["level"] = Word(inputs["account_class"]), ["status"] = "OPEN", ["date_opened"] = Written(Today),
        ["current_holdings"] = "0", ["unnamed"] = true,
    });

    private static void Credit(BankRecords records, JsonObject inputs)
    {
        Move(records, inputs["account_id"], Money(inputs["amount"]));
        records.Add("bank_account_transaction_history", new JsonObject
        {
            ["account_id"] = Word(inputs["account_id"]), ["date"] = Written(Today), ["status"] = "posted",
            ["amount"] = Money(inputs["amount"]), ["type"] = Word(inputs["credit_type"]),
        });
    }

    private static void Decide(BankRecords records, TauCall call, JsonObject card)
    {
        foreach (var asked in records.Where("credit_limit_increase_requests", "credit_card_account_id",
            call.Inputs["credit_card_account_id"]).Where(a => Word(a["status"]) == "SUBMITTED"))
            asked["status"] = call.Inputs["new_credit_limit"] is null ? "DENIED" : "APPROVED";
        if (call.Inputs["new_credit_limit"] is { } limit) card["credit_limit"] = Money(limit);
    }

    private static void Move(BankRecords records, JsonNode? account, decimal amount)
    {
        if (records.Account(account) is { } held) held["current_holdings"] = Money(held["current_holdings"]) + amount;
    }
}
