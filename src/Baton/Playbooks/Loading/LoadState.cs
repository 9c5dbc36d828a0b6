using Baton.Playbooks.Acting;
using Baton.Playbooks.Loading.Source;
using Baton.Playbooks.Rules;

namespace Baton.Playbooks.Loading;

/// <summary>What the readers of the single files share: limits, problems, and the names declared so far.</summary>
internal sealed class LoadState(LoadLimits limits)
{
    public LoadLimits Limits => limits;

    public ProblemList Problems { get; } = new(limits.Problems);

    public Names Tiers { get; set; } = NoneYet("customer tier");

    public Names Fields { get; set; } = NoneYet("field");

    public Names Queues { get; set; } = NoneYet("queue");

    public Names Skills { get; set; } = NoneYet("skill");

    public Names Articles { get; set; } = NoneYet("article");

    public Names Tools { get; set; } = NoneYet("tool");

    public Names Scopes { get; set; } = NoneYet("scope");

    public IReadOnlyList<McpServer> McpServers { get; set; } = [];

    /// <summary>Agents that intents name, for when the agents are read.</summary>
    public List<(Located Agent, string By)> IntentAgents { get; } = [];

    /// <summary>What conditions may say, with the words of this playbook.</summary>
    public RuleVocabulary Vocabulary { get; set; } = RuleVocabulary.Open;

    /// <summary>Opens a file as a section; null when it is not there or cannot be read.</summary>
    public Section? Open(SourceFile? file) => file is null ? null : Section.Open(file, limits, Problems);

    private static Names NoneYet(string kind) => new(kind, [], complete: false);
}
