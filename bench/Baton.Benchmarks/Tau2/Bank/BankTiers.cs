using System.Text.Json.Nodes;

namespace Baton.Benchmarks.Tau2.Bank;

/// <summary>What the bank's documents say of its account classes and cards, by tier.</summary>
internal static class BankTiers
{
    private static readonly Dictionary<string, (string Tier, int Fee, int Days)> Closing = new()
    {
        ["checking/light blue"] = ("entry", 15, 30), ["checking/light green"] = ("entry", 15, 30),
        ["checking/green fee-free"] = ("entry", 15, 30), ["checking/blue"] = ("mid", 25, 60),
        ["checking/green"] = ("mid", 25, 60), ["checking/evergreen"] = ("premium", 50, 90),
        ["checking/bluest"] = ("elite", 100, 180),
        ["savings/bronze"] = ("entry", 20, 60), ["savings/silver"] = ("mid", 35, 90),
        ["savings/silver plus"] = ("mid", 35, 90), ["savings/gold"] = ("premium", 75, 180),
        ["savings/gold plus"] = ("premium", 75, 180), ["savings/gold years"] = ("premium", 75, 180),
        ["savings/platinum"] = ("elite", 150, 270), ["savings/platinum plus"] = ("elite", 150, 270),
        ["savings/diamond elite"] = ("elite", 150, 270),
        ["business_checking/navy blue"] = ("entry", 50, 60), ["business_checking/true blue"] = ("mid", 100, 90),
        ["business_checking/sky blue"] = ("mid", 100, 90), ["business_checking/cobalt blue"] = ("premium", 200, 180),
        ["business_savings/bronze saver"] = ("entry", 75, 90), ["business_savings/silver saver"] = ("mid", 125, 120),
        ["business_savings/gold saver"] = ("premium", 250, 180),
        ["business_savings/platinum reserve"] = ("elite", 500, 270),
    };

    /// <summary>Daily limits of a class's debit card, US dollars: cash, purchases.</summary>
    private static readonly Dictionary<string, (int Atm, int Purchase)> Daily = new()
    {
        ["light green"] = (150, 250), ["light blue"] = (400, 2_500), ["green fee-free"] = (500, 3_000),
        ["blue"] = (500, 3_000), ["green"] = (600, 0), ["dark green"] = (300, 1_500), ["evergreen"] = (750, 4_500),
        ["gold years"] = (600, 5_000), ["purple"] = (1_000, 10_000), ["bluest"] = (1_500, 15_000),
    };

    private static readonly string[] EntryCards =
        ["Bronze Rewards Card", "EcoCard", "Business Bronze Rewards Card", "Crypto-Cash Back Card", "Crypto-Cash Back"];

    private static readonly string[] MidCards =
        ["Silver Rewards Card", "Business Silver Rewards Card", "Green Rewards Card", "Silver Zoom Card"];

    /// <summary>checking, savings, business_checking or business_savings.</summary>
    public static string Kind(JsonNode? kind) => BankRecords.Word(kind) switch
    {
        "saving" => "savings",
        "business_saving" => "business_savings",
        var other => other,
    };

    /// <summary>entry, mid, premium or elite; empty where no document says.</summary>
    public static string Tier(JsonObject account) => Closing.GetValueOrDefault(Class(account)).Tier ?? "";

    /// <summary>What closing the account costs today, US dollars.</summary>
    public static int ClosingFee(JsonObject account) =>
        Closing.TryGetValue(Class(account), out var rule) && BankRecords.Days(account["date_opened"]) <= rule.Days
            ? rule.Fee : 0;

    /// <summary>A debit card's limit today, US dollars; 0 where no document says.</summary>
    public static int DailyLimit(JsonObject account, string type)
    {
        var daily = Daily.GetValueOrDefault(Level(account["level"]));
        return type == "atm" ? daily.Atm : daily.Purchase;
    }

    /// <summary>What sending a debit card costs; none where the tier has no such delivery.</summary>
    public static int? Delivery(string tier, string option) => (tier, option) switch
    {
        ("entry", "STANDARD") or ("elite", _) or ("premium", "STANDARD" or "EXPEDITED") => 0,
        ("entry", _) or ("mid", "RUSH") => null,
        (_, "STANDARD") => 0,
        (_, "EXPEDITED") => 15,
        (_, "RUSH") => 35,
        _ => null,
    };

    public static int? Design(string tier, string design) => (tier, design) switch
    {
        (_, "CLASSIC") or ("premium" or "elite", "PREMIUM") or ("elite", "CUSTOM") => 0,
        ("premium", "CUSTOM") => 15,
        (_, "PREMIUM") => 10,
        (_, "CUSTOM") => 25,
        _ => null,
    };

    /// <summary>Replacements of a debit card in a year.</summary>
    public static int MostCards(string tier) => tier switch { "entry" => 2, "mid" => 3, "premium" => 5, _ => 1_000 };

    /// <summary>Disputes of an account that may be open at a time.</summary>
    public static int MostDisputes(string tier) => tier switch { "mid" => 3, "premium" => 4, "elite" => 5, _ => 2 };

    /// <summary>entry, mid or premium, and above that the same.</summary>
    public static string CardTier(JsonObject account)
    {
        var type = BankRecords.Word(account["card_type"]);
        return EntryCards.Contains(type) ? "entry" : MidCards.Contains(type) ? "mid" : "premium";
    }

    /// <summary>Days of age and between raises; largest share in use and to raise by; months paid on time.</summary>
    public static (int Days, decimal Use, decimal Raise, int Months) LimitRule(string tier) => tier switch
    {
        "entry" => (120, 0.7m, 0.25m, 6),
        "mid" => (90, 0.8m, 0.5m, 3),
        _ => (60, 0.9m, 0.5m, 3),
    };

    /// <summary>Replacements of a credit card in 60 days; what a customer is offered to stay, US dollars.</summary>
    public static (int Replacements, int Offer) CardRule(string tier) => tier switch
    {
        "entry" => (2, 5), "mid" => (3, 20), _ => (4, 50),
    };

    /// <summary>Largest provisional credit of a card, US dollars.</summary>
    public static int MostCredit(JsonObject account) => BankRecords.Word(account["card_type"]) switch
    {
        "Platinum Rewards Card" or "Business Platinum Rewards Card" => 15_000,
        "Diamond Elite Card" => 25_000,
        _ => CardTier(account) switch { "entry" => 2_500, "mid" => 5_000, _ => 10_000 },
    };

    private static string Class(JsonObject account) => $"{Kind(account["class"])}/{Level(account["level"])}";

    private static string Level(JsonNode? level) => BankRecords.Word(level).Replace("(checking)", "")
        .Replace("(savings)", "").Replace("Account", "").Trim().ToLowerInvariant();
}
