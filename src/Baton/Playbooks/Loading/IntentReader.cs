using Baton.Playbooks.Loading.Source;
using Baton.Playbooks.Loading.Tools;
using Baton.Playbooks.Yaml;

namespace Baton.Playbooks.Loading;

/// <summary>Reads <c>intents/*.yaml</c>.</summary>
internal static class IntentReader
{
    /// <summary>Longest example, characters; longer ones are tickets, not utterances.</summary>
    private const int LongestExample = 1_000;

    /// <summary>With fewer examples an intent is often mistaken for another.</summary>
    private const int FewestExamples = 8;

    private const string MoreExamples = "add some utterances as customers write them";

    public static IReadOnlyList<Intent> Read(
        IReadOnlyList<SourceFile> files, IReadOnlyList<Tool> tools, LoadState state)
    {
        List<Intent> intents = [];
        List<Located> names = [];
        List<(string Intent, Located Example)> examples = [];
        foreach (var plain in files.Select(state.Open).OfType<Section>())
        {
            var name = plain.RequiredLocated("name", "order_status");
            Names.CheckShape(name, "intent", state.Problems);
            if (name is { } given) names.Add(given);
            var intent = plain.Called($"intent '{name?.Text ?? plain.File.Stem}'");
            var utterances = Examples(intent);
            examples.AddRange(utterances.Select(u => (intent.What, u)));
            intents.Add(ReadIntent(intent, name?.Text ?? "", utterances, tools, state));
            intent.Close();
        }
        if (files.Count == 0)
            state.Problems.Add("intents", 1, null, "there is no intent; add a file such as intents/order_status.yaml");
        Names.CheckUnique(names, "intent", state.Problems);
        WarnOfSameExamples(examples, state.Problems);
        return intents;
    }

    private static Intent ReadIntent(
        Section intent, string name, IReadOnlyList<Located> examples, IReadOnlyList<Tool> tools, LoadState state)
    {
        var queue = intent.Located("queue");
        state.Queues.Check(queue, intent.What, state.Problems);
        var read = new Intent
        {
            Name = name,
            Class = intent.RequiredChoice<IntentClass>("class"),
            Description = intent.Text("description", "Where is my order, when will it arrive"),
            Category = intent.Text("category", "orders"),
            ProductArea = intent.Text("product_area", "fulfilment"),
            Examples = [.. examples.Select(e => e.Text)],
            Queue = queue?.Text,
            Tool = intent.OptionalText("tool"),
            Agent = intent.OptionalText("agent"),
            Answer = intent.OptionalText("answer"),
            RequiredFields = References(intent, "required_fields", state.Fields),
            Articles = References(intent, "articles", state.Articles),
            Systems = intent.Words("systems"),
            Skills = SkillReader.Read(intent, "skills", state),
            PreferredSkills = SkillReader.Read(intent, "preferred_skills", state),
            Autonomy = intent.Choice<AutonomyRung>("autonomy") ?? AutonomyRung.Auto,
            AutoShare = intent.Number("auto_share", 1, 0, 1),
            Route = intent.Choice<Route>("route"),
        };
        LookupCheck.Check(intent, read, tools, state);
        if (intent.Located("route") is { } route && read.Class != IntentClass.Human)
            state.Problems.Add(route,
                $"{intent.What}: 'route' is for class human; this intent is {EnumWords.Of(read.Class)}, write a rule in escalation.yaml instead");
        if (intent.Located("agent") is { } agent)
        {
            state.IntentAgents.Add((agent, intent.What));
            if (read.Class != IntentClass.Agent)
                state.Problems.Add(agent,
                    $"{intent.What}: 'agent' is for class agent; this intent is {EnumWords.Of(read.Class)}, remove it or change the class");
        }
        return read;
    }

    private static IReadOnlyList<string> References(Section intent, string field, Names names)
    {
        var used = intent.Texts(field);
        foreach (var name in used) names.Check(name, $"{intent.What}, {field}", intent.Problems);
        return [.. used.Select(u => u.Text)];
    }

    private static IReadOnlyList<Located> Examples(Section intent)
    {
        var value = intent.Required("examples", "[where is my order]");
        if (value is YamlValue.Sequence { Items.Count: 0 })
            intent.Problems.Add(intent.File, value, $"{intent.What}: no examples; {MoreExamples}");
        var examples = value is null ? [] : intent.Texts("examples");
        if (examples is [var only])
            intent.Problems.Warn(only, $"{intent.What}: one example is too little to recognise it by; {MoreExamples}");
        if (examples.Count is > 1 and < FewestExamples)
            intent.Problems.Warn(examples[0],
                $"{intent.What}: {examples.Count} examples; with fewer than {FewestExamples} it is often mistaken, {MoreExamples}");
        foreach (var example in examples.Where(e => e.Text.Length > LongestExample))
            intent.Problems.Add(example,
                $"{intent.What}: an example of {example.Text.Length} characters; shorten it to {LongestExample}");
        return examples;
    }

    private static void WarnOfSameExamples(
        IReadOnlyList<(string Intent, Located Example)> examples, ProblemList problems)
    {
        foreach (var same in examples.GroupBy(e => Normal(e.Example.Text)).Where(g => g.Count() > 1))
        {
            var (intent, first) = same.First();
            foreach (var (other, again) in same.Skip(1))
            {
                var where = other == intent ? "of the same intent"
                    : $"of {intent}, which teaches the classifier nothing";
                problems.Warn(again,
                    $"{other}: example '{again.Text}' is also one {where} ({first.File.Path}:{first.Line}); keep it in one place");
            }
        }
    }

    private static string Normal(string text) =>
        string.Join(' ', text.ToLowerInvariant()
            .Split([' ', '\n', '\t', '.', ',', '!', '?'], StringSplitOptions.RemoveEmptyEntries));
}
