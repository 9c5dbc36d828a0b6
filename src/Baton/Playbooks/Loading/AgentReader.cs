using System.Text.RegularExpressions;
using Baton.Playbooks.Loading.Source;
using Baton.Playbooks.Yaml;

namespace Baton.Playbooks.Loading;

/// <summary>Reads <c>agents.yaml</c>: identities and the scopes they hold.</summary>
internal static partial class AgentReader
{
    public static IReadOnlyList<AgentIdentity> Read(Section file, LoadState state)
    {
        var named = file.AsSection(file.Required("agents", "{ support: { scopes: [orders:read] } }"), "agents")?.Named(
            "agent");
        List<AgentIdentity> agents = [];
        List<(Located To, string By)> handed = [];
        foreach (var (key, agent) in named ?? [])
        {
            Names.CheckShape(key, "agent", state.Problems);
            var required = agent.Required("scopes", "[orders:read]");
            var scopes = required is null ? [] : agent.Texts("scopes");
            if (required is YamlValue.Sequence { Items.Count: 0 })
                state.Problems.Add(file.File, required,
                    $"{agent.What}: holds no scope and can do nothing; add one or remove the agent");
            foreach (var scope in scopes) CheckScope(scope, agent.What, state.Problems);
            Names.CheckUnique(scopes, $"{agent.What}, scope", state.Problems);
            agents.Add(new AgentIdentity
            {
                Name = key.Text,
                Description = agent.Text("description", "Answers first-line tickets"),
                Scopes = [.. scopes.Select(s => s.Text)],
                Budget = agent.Child("budget") is { } budget ? Budget(budget) : new AgentBudget(),
                HandsTo = agent.Words("hands_to"),
            });
            handed.AddRange(agent.Texts("hands_to").Select(to => (to, agent.What)));
            agent.Close();
        }
        file.Close();
        var names = new Names("agent", [.. agents.Select(a => a.Name)]);
        foreach (var (to, by) in handed) names.Check(to, by, state.Problems);
        return agents;
    }

    private static AgentBudget Budget(Section budget)
    {
        var standard = new AgentBudget();
        var read = new AgentBudget
        {
            Calls = budget.Whole("calls", standard.Calls, 0, 1_000),
            Tokens = budget.Whole("tokens", standard.Tokens, 0, 10_000_000),
            Usd = budget.Number("usd", 0, 10_000) ?? standard.Usd,
            Amount = budget.Number("amount", 0, 1_000_000_000) ?? standard.Amount,
        };
        budget.Close();
        return read;
    }

    /// <summary>Reports a scope that is not <c>thing:action</c>.</summary>
    public static void CheckScope(Located? scope, string what, ProblemList problems)
    {
        if (scope is { } given && !Scope().IsMatch(given.Text))
            problems.Add(given, $"{what}: '{given.Text}' is not a scope; write thing:action, such as orders:read");
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_]*:[a-z][a-z0-9_]*\z")]
    private static partial Regex Scope();
}
