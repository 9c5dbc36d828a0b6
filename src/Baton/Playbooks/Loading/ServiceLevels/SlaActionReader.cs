using Baton.Playbooks.Loading.Source;

namespace Baton.Playbooks.Loading;

/// <summary>Reads what follows from warnings and breaches.</summary>
internal static class SlaActionReader
{
    private const double DefaultShare = 0.75;
    private const decimal SmallestShare = 0.1m;
    private const decimal LargestShare = 0.95m;

    /// <summary>The policy with its warning share and its actions.</summary>
    public static SlaPolicy Read(SlaPolicy policy, Section section, LoadState state)
    {
        var (warning, breach) = (Action(section, "on_warning", state), Action(section, "on_breach", state));
        if (warning?.Priority > breach?.Priority)
            section.Problems.Add(section.Child("on_breach")!.Located("priority")!.Value,
                $"{section.What}: on_breach raises to {EnumWords.Of(breach!.Priority!.Value)}, and on_warning has raised "
                + $"to {EnumWords.Of(warning!.Priority!.Value)} before; make the breach the more pressing one");
        return policy with
        {
            WarnAt = section.Number("warn_at", DefaultShare, SmallestShare, LargestShare),
            OnWarning = warning, OnBreach = breach,
        };
    }

    private static SlaAction? Action(Section policy, string name, LoadState state)
    {
        if (policy.Child(name) is not { } given) return null;
        var section = given.Called($"{policy.What}, {name}");
        var queue = section.Located("queue");
        state.Queues.Check(queue, section.What, state.Problems);
        var action = new SlaAction(Raised(section), queue?.Text, Recipients(section, state));
        section.Close();
        if (section.Entries.Count == 0)
            section.Problems.Add(policy.Entry(name)!.Value,
                $"{section.What}: does nothing; add 'priority: high', 'queue: …' or 'notify: [operators]'");
        return action;
    }

    private static Priority? Raised(Section section)
    {
        var priority = section.Choice<Priority>("priority");
        if (priority == Priority.Low)
            section.Problems.Add(section.Located("priority")!.Value,
                $"{section.What}: every ticket is at least low; write normal, high or urgent");
        return priority;
    }

    private static IReadOnlyList<string> Recipients(Section section, LoadState state)
    {
        var recipients = section.Texts("notify");
        Names.CheckUnique(recipients, "recipient", state.Problems);
        foreach (var recipient in recipients)
        {
            if (recipient.Text == SlaAction.Operators || state.Queues.Known.Contains(recipient.Text)) continue;
            if (!state.Queues.Complete) continue;
            string[] known = [SlaAction.Operators, .. state.Queues.Known];
            section.Problems.Add(recipient,
                $"{section.What}: nobody is called '{recipient.Text}'{Suggestion.Hint(recipient.Text, known)}; "
                + $"write '{SlaAction.Operators}' or the name of a queue");
        }
        return [.. recipients.Select(r => r.Text)];
    }
}
