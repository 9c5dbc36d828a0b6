using System.Text.RegularExpressions;
using Baton.Playbooks.Loading.Questions;
using Baton.Playbooks.Loading.Source;
using Baton.Playbooks.Rules;
using Baton.Playbooks.Yaml;

namespace Baton.Playbooks.Loading;

/// <summary>What <c>playbook.yaml</c> says, apart from the skip rules, which need the names of other files.</summary>
internal sealed record PlaybookFile(
    string Name, Brand Brand, Limits Limits, Thresholds Thresholds)
{
    public required IReadOnlyList<string> Tiers { get; init; }

    public required string UnknownCustomerTier { get; init; }

    public required DecisionCosts Costs { get; init; }

    public required IReadOnlyDictionary<string, TicketField> Fields { get; init; }

    public required IReadOnlyList<ExactAnswer> ExactAnswers { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Synonyms { get; init; }

    public required IReadOnlyDictionary<string, AutonomyRung> ChannelAutonomy { get; init; }

    public required IReadOnlyList<Section> SkipRules { get; init; }
}

/// <summary>Reads <c>playbook.yaml</c>.</summary>
internal static class PlaybookFileReader
{
    public static PlaybookFile Read(Section file, LoadState state)
    {
        Names.CheckShape(file.RequiredLocated("name", "northwind"), "playbook", state.Problems, hyphens: true);
        var tiers = Tiers(file, state);
        var fields = Fields(file, state);
        state.Vocabulary = state.Vocabulary.With(RuleFields.CustomerTier, tiers);
        var brand = file.Required("brand", "{ name: … }");
        var read = new PlaybookFile(
            file.OptionalText("name") ?? "",
            file.AsSection(brand, "brand") is { } section ? BrandReader.Read(section) : NoBrand,
            file.Child("limits") is { } limits ? LimitsOf(limits) : new Limits(),
            file.Child("thresholds") is { } thresholds ? ThresholdReader.Read(thresholds, state) : new Thresholds())
        {
            Tiers = tiers,
            Costs = file.Child("costs") is { } costs ? CostsOf(costs) : new DecisionCosts(),
            UnknownCustomerTier = UnknownTier(file, state) ?? tiers.FirstOrDefault() ?? "",
            Fields = fields,
            ExactAnswers = ExactAnswers(file),
            Synonyms = Synonyms(file),
            ChannelAutonomy = ChannelAutonomy(file),
            SkipRules = file.Children("skip_rules", "skip rule"),
        };
        file.Close();
        return read;
    }

    private static Brand NoBrand => new()
    {
        Name = "", TimeZone = "", Locale = "", Languages = [], Voice = "", Greeting = "", Signature = "",
        EscalatedText = "", WaitingText = "", KillSwitchText = "",
    };

    private static string[] Tiers(Section file, LoadState state)
    {
        var required = file.Required("customer_tiers", "[free, pro]");
        var tiers = required is null ? [] : file.Texts("customer_tiers");
        foreach (var tier in tiers) Names.CheckShape(tier, "customer tier", state.Problems);
        Names.CheckUnique(tiers, "customer tier", state.Problems);
        if (required is YamlValue.Sequence { Items.Count: 0 })
            state.Problems.Add(file.File, required, "'customer_tiers' is empty; name at least one, lowest first");
        string[] names = [.. tiers.Select(t => t.Text)];
        state.Tiers = new Names("customer tier", names, complete: names.Length > 0);
        return names;
    }

    private static string? UnknownTier(Section file, LoadState state)
    {
        if (file.Located("unknown_customer_tier") is not { } tier) return null;
        state.Tiers.Check(tier, "unknown_customer_tier", state.Problems);
        return tier.Text;
    }

    private static Dictionary<string, AutonomyRung> ChannelAutonomy(Section file)
    {
        var read = new Dictionary<string, AutonomyRung>();
        if (file.Child("channel_autonomy") is not { } channels) return read;
        foreach (var entry in channels.Entries)
            if (channels.Choice<AutonomyRung>(entry.Key) is { } rung) read[entry.Key] = rung;
        channels.Close();
        return read;
    }

    private static Dictionary<string, TicketField> Fields(Section file, LoadState state)
    {
        var read = new Dictionary<string, TicketField>();
        foreach (var (key, field) in file.Child("fields")?.Named("field") ?? [])
        {
            Names.CheckShape(key, "field", state.Problems);
            var pattern = field.RequiredLocated("pattern", @"'\b[0-9]{5}\b'");
            CheckPattern(pattern, field);
            var ask = field.Text("ask", "\"Could you tell us your order number?\"");
            read[key.Text] = new TicketField(key.Text, pattern?.Text ?? "", ask, Bare(field));
            field.Close();
        }
        state.Fields = new Names("field", read.Keys);
        return read;
    }

    private static BareField? Bare(Section field)
    {
        if (field.Child("bare") is not { } bare) return null;
        var pattern = bare.RequiredLocated("pattern", @"'\border\s*#?(?<value>[0-9]{5})\b'");
        CheckPattern(pattern, bare);
        if (pattern is { } located && !located.Text.Contains("(?<value>", StringComparison.Ordinal))
            bare.Problems.Add(located, $"{bare.What}: the pattern names no value; put (?<value>…) around what 'as' takes");
        var written = bare.RequiredLocated("as", "'NW-{value}'");
        if (written is { } form && !form.Text.Contains("{value}", StringComparison.Ordinal))
            bare.Problems.Add(form, $"{bare.What}: 'as' has no hole {{value}}; write it like 'NW-{{value}}'");
        bare.Close();
        return pattern is null || written is null ? null : new BareField(pattern.Value.Text, written.Value.Text);
    }

    private static void CheckPattern(Located? pattern, Section field)
    {
        if (pattern is not { } given) return;
        try
        {
            var regex = new Regex(given.Text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            if (regex.IsMatch(""))
                field.Problems.Add(given,
                    $"{field.What}: the pattern '{given.Text}' matches the empty text; make it match something");
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            field.Problems.Add(given,
                $"{field.What}: the pattern '{given.Text}' is not usable: {error.Message.TrimEnd('.')}; " +
                "look-arounds and back-references are not supported");
        }
    }

    private static Limits LimitsOf(Section limits)
    {
        var defaults = new Limits();
        var (minute, year) = (TimeSpan.FromMinutes(1), TimeSpan.FromDays(366));
        var read = new Limits
        {
            MessageCharacters = limits.Whole("message_characters", defaults.MessageCharacters, 1, 1_000_000),
            TurnsPerConversation = limits.Whole("turns_per_conversation", defaults.TurnsPerConversation, 1, 10_000),
            QuestionsPerConversation =
                limits.Whole("questions_per_conversation", defaults.QuestionsPerConversation, 0, 10),
            WaitingTextEvery = limits.Duration("waiting_text_every", minute, year) ?? defaults.WaitingTextEvery,
            AssumeResolvedAfter = limits.Duration("assume_resolved_after", minute, year)
                ?? defaults.AssumeResolvedAfter,
            ExpectedCostUsd = limits.Number("expected_cost_usd", 0, 1_000) ?? defaults.ExpectedCostUsd,
            CostCeilingTimes = limits.Number("cost_ceiling_times", defaults.CostCeilingTimes, 1, 1_000),
            LowPriorityEvery = limits.Duration("low_priority_every", TimeSpan.Zero, TimeSpan.FromDays(1))
                ?? defaults.LowPriorityEvery,
            SecondOpinionShare = limits.Number("second_opinion_share", defaults.SecondOpinionShare, 0, 1),
        };
        limits.Close();
        return read;
    }

    private static DecisionCosts CostsOf(Section costs)
    {
        const int most = 1_000_000;
        var defaults = new DecisionCosts();
        var read = new DecisionCosts
        {
            WrongAnswer = costs.Number("wrong_answer", 0, most) ?? defaults.WrongAnswer,
            NeedlessContact = costs.Number("needless_contact", 0, most) ?? defaults.NeedlessContact,
            MishandledEscalation = costs.Number("mishandled_escalation", 0, most) ?? defaults.MishandledEscalation,
        };
        costs.Close();
        return read;
    }

    private static List<ExactAnswer> ExactAnswers(Section file)
    {
        List<ExactAnswer> answers = [];
        List<Located> all = [];
        foreach (var answer in file.Children("exact_answers", "exact answer"))
        {
            answer.Required("says", "[thanks, thank you]");
            var says = answer.Texts("says");
            all.AddRange(says);
            answers.Add(new ExactAnswer([.. says.Select(s => s.Text)], answer.Text("reply", "\"You are welcome.\"")));
            answer.Close();
        }
        Names.CheckUnique(all, "exact answer to", file.Problems);
        return answers;
    }

    private static Dictionary<string, IReadOnlyList<string>> Synonyms(Section file)
    {
        var read = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var item in file.Items("synonyms"))
        {
            if (item is not YamlValue.Sequence group)
            {
                file.Wrong(item, "synonyms", "a list of lists", "[[refund, money back]]");
                continue;
            }
            string[] words = [.. group.Items.Select(i => file.ToText(i, "synonyms")).OfType<Located>()
                .Select(w => w.Text)];
            if (words.Length < 2)
                file.Problems.Add(file.File, item,
                    "a group of synonyms needs at least two words; add one or remove the group");
            foreach (var word in words)
                read[word] = [.. read.GetValueOrDefault(word, []).Concat(words.Where(w => w != word)).Distinct()];
        }
        return read;
    }
}
