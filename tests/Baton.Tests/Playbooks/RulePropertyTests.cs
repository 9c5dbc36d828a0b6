using Baton.Playbooks.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests.Playbooks;

public sealed class RulePropertyTests
{
    private static readonly string[] Leaves =
    [
        "urgency >= 6", "urgency < 3", "urgency == 5", "urgency in [2, 9]", "sentiment not in [1, 2]",
        "complexity != 4",
        "customer.tier == pro", "customer.tier in [free, enterprise]", "customer.tier != free", "cross_system",
        "trigger.legal", "\"refund\" in subject", "'now' not in subject",
    ];

    private static readonly Gen<string> Conditions = Gen.Sized(size => Condition(Math.Min(size, 12)));

    private static readonly Gen<RuleFacts> Facts =
        from urgency in Gen.Elements(double.NaN, 1, 2, 5, 6, 9, 10)
        from sentiment in Gen.Elements(double.NaN, 1, 2, 7)
        from complexity in Gen.Elements(double.NaN, 4, 5)
        from tier in Gen.Elements<string?>(null, "free", "pro", "enterprise")
        from flag in Gen.Choose(0, 1)
        from legal in Gen.Elements(double.NaN, 0, 1)
        from subject in Gen.Elements<string?>(null, "refund", "a refund now", "hello")
        select new RuleFacts().Set(RuleFields.Urgency, urgency).Set(RuleFields.Sentiment, sentiment)
            .Set(RuleFields.Complexity, complexity).Set(RuleFields.CustomerTier, tier)
            .Set(RuleFields.CrossSystem, flag == 1)
            .Set(RuleFields.Trigger("legal"), legal).Set(RuleFields.Subject, subject);

    [Fact]
    public void The_text_of_a_condition_means_the_same_when_it_is_read_again() =>
        Prop.ForAll(Conditions.ToArbitrary(), Facts.ToArbitrary(), (text, facts) =>
        {
            var first = Read(text);
            var again = Read(first.Text);
            return first.Holds(facts) == again.Holds(facts) && first.Text == again.Text;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void De_Morgan_holds() =>
        Prop.ForAll(Conditions.ToArbitrary(), Conditions.ToArbitrary(), Facts.ToArbitrary(), (a, b, facts) =>
            Read($"not (({a}) and ({b}))").Holds(facts) == Read($"not ({a}) or not ({b})").Holds(facts))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void A_rule_that_applies_to_some_facts_is_never_called_contradictory_or_unreachable() =>
        Prop.ForAll(Conditions.ToArbitrary(), Conditions.ToArbitrary(), Facts.ToArbitrary(), (a, b, facts) =>
        {
            var (earlier, later) = (Read(a), Read(b));
            var applies = later.Holds(facts);
            var reached = applies && !earlier.Holds(facts);
            return (!applies || Satisfiability.CanHold([later], [], RuleVocabulary.Open))
                && (!reached || Satisfiability.CanHold([later], [earlier], RuleVocabulary.Open));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Random_text_is_read_or_rejected_but_never_throws() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
            RuleParser.Parse(text ?? "", RuleVocabulary.Open) is ParsedCondition.Parsed
            or ParsedCondition.Rejected { Errors.Count: > 0 })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Pieces_of_the_language_in_any_order_are_read_or_rejected_with_a_position_inside_the_text()
    {
        var piece = Gen.Elements(
            "and", "or", "not", "in", "(", ")", "[", "]", ",", "==", "<=", "=", "urgency", "customer.tier", "subject",
            "cross_system",
            "\"x\"", "5", "-1", "1.5.2", "'", "free", "true", "&&", "∞");
        Prop.ForAll(piece.ArrayOf().Select(p => string.Join(' ', p)).ToArbitrary(), text =>
            RuleParser.Parse(text, RuleVocabulary.Open) switch
            {
                ParsedCondition.Parsed parsed => parsed.Condition.Comparisons.Count > 0,
                ParsedCondition.Rejected rejected =>
                    rejected.Errors.All(e => e.Position >= 0 && e.Position <= text.Length),
                _ => false,
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    private static Gen<string> Condition(int size)
    {
        var leaf = Gen.Elements(Leaves);
        if (size <= 1) return leaf;
        var part = Condition(size / 2);
        return Gen.OneOf(
            leaf,
            part.Select(p => $"not ({p})"),
            from a in part from b in part select $"({a}) and ({b})",
            from a in part from b in part select $"({a}) or ({b})",
            from a in part from b in part select $"{a} or {b}");
    }

    private static Condition Read(string text) =>
        Assert.IsType<ParsedCondition.Parsed>(RuleParser.Parse(text, RuleVocabulary.Open)).Condition;
}
