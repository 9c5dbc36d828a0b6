using Baton.Playbooks.Rules;
using BenchmarkDotNet.Attributes;

namespace Baton.Benchmarks;

/// <summary>What does it cost to try the rules of a playbook on one turn, and to read a rule once?</summary>
[MemoryDiagnoser]
public class RuleEvaluation
{
    private const string Long =
        "(customer.tier in [pro, enterprise] and urgency >= 6) or (trigger.legal and not after_hours) " +
        "or (\"chargeback\" in body and order.value > 500) or (sentiment <= 2 and turn >= 3 and intent != order_status)";

    private readonly RuleFacts _facts = new RuleFacts()
        .Set(RuleFields.CustomerTier, "pro").Set(RuleFields.Urgency, 5).Set(RuleFields.Sentiment, 3)
        .Set(RuleFields.OrderValue, 120).Set(RuleFields.Turn, 1).Set(RuleFields.Intent, "refund_status")
        .Set(RuleFields.AfterHours, false).Set(RuleFields.Trigger("legal"), false)
        .Set(RuleFields.Body,
            "Hello, I sent the boots back on Monday and would like to know when the money arrives. Thanks!");

    private Condition _short = null!;
    private Condition _long = null!;
    private Condition[] _fifty = null!;

    [GlobalSetup]
    public void Read()
    {
        _short = Read("customer.tier == enterprise and urgency >= 6");
        _long = Read(Long);
        _fifty = [.. Enumerable.Range(0, 50)
            .Select(i => Read($"customer.tier == enterprise and urgency >= {1 + (i % 10)}"))];
    }

    [Benchmark]
    public bool Two_comparisons() => _short.Holds(_facts);

    [Benchmark]
    public bool Nine_comparisons_and_a_text_search() => _long.Holds(_facts);

    [Benchmark]
    public int Fifty_rules_none_matching()
    {
        var matched = 0;
        foreach (var rule in _fifty) matched += rule.Holds(_facts) ? 1 : 0;
        return matched;
    }

    [Benchmark]
    public Condition Parse_nine_comparisons() => Read(Long);

    private static Condition Read(string text) =>
        ((ParsedCondition.Parsed)RuleParser.Parse(text, RuleVocabulary.Open)).Condition;
}
