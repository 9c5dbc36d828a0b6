using Baton.Playbooks.Alerts;
using Baton.Playbooks.Channels;
using Baton.Playbooks.Customers;
using Baton.Playbooks.Keeping;
using Baton.Playbooks.Loading;
using Baton.Playbooks.Loading.Macros;
using Baton.Playbooks.Loading.Models;
using Baton.Playbooks.Loading.Questions;
using Baton.Playbooks.Loading.Source;
using Baton.Playbooks.Loading.Tools;
using Baton.Playbooks.Loading.Workflows;
using Baton.Playbooks.Rules;
using NodaTime;

namespace Baton.Playbooks;

/// <summary>Reads a playbook folder, validates it as a whole and gives it its version.</summary>
public static class PlaybookLoader
{
    /// <summary>Reads a folder. What is wrong with its content is an outcome, never an exception.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read by this process.</exception>
    /// <param name="directory">The folder.</param>
    /// <param name="limits">How much it may hold.</param>
    /// <param name="modelsFile">Taken for <c>models.yaml</c>, as a part of the content; null takes the folder's
    /// own.</param>
    public static LoadedPlaybook Load(string directory, LoadLimits? limits = null, string? modelsFile = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var state = new LoadState(limits ?? new LoadLimits());
        return Loaded(PlaybookFolder.Read(directory, state.Limits, state.Problems, modelsFile), state);
    }

    /// <summary>Reads what was a folder once.</summary>
    internal static LoadedPlaybook Load(IReadOnlyList<SourceFile> files, LoadLimits? limits = null)
    {
        var state = new LoadState(limits ?? new LoadLimits());
        return Loaded(PlaybookFolder.Of(files, state.Limits, state.Problems), state);
    }

    private static LoadedPlaybook Loaded(PlaybookFolder? folder, LoadState state)
    {
        var playbook = folder is null ? null : Read(folder, state);
        return playbook is null || state.Problems.Any
            ? new LoadedPlaybook.Invalid(state.Problems.Problems) { Warnings = state.Problems.Warnings }
            : new LoadedPlaybook.Valid(playbook) { Warnings = state.Problems.Warnings, Files = folder!.Whole };
    }

    // The order matters: files that declare names come before those that refer to them.
    private static Playbook? Read(PlaybookFolder folder, LoadState state)
    {
        var main = Required(folder, "playbook.yaml", state) is { } section ? PlaybookFileReader.Read(section, state)
            : null;
        var zone = main is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(main.Brand.TimeZone);
        var queuesFile = Required(folder, "queues.yaml", state);
        var queues = queuesFile is null ? [] : QueueReader.Read(queuesFile, zone, state);
        var articles = QuestionReader.Read(
            ArticleReader.Read(folder.In("knowledge"), state), folder.In(QuestionReader.Folder), state);
        state.McpServers = state.Open(folder.Find(McpReader.File)) is { } mcp
            ? McpReader.Read(mcp, state.Problems) : [];
        var tools = ToolReader.Read(folder.In("tools"), state);
        var intents = IntentReader.Read(folder.In("intents"), tools, state);
        state.Vocabulary = WithIntents(state.Vocabulary, intents);
        var slas = queuesFile is null ? [] : SlaReader.Read(queuesFile, queues, state);
        var weighed = queuesFile is null ? new Dictionary<string, int>() : QueueReader.Weights(queuesFile);
        queuesFile?.Close();
        var beforeModels = state.Vocabulary.Only(RuleVocabulary.BeforeModels);
        var skipRules = main is null ? []
            : RuleReader.Read(main.SkipRules, "skip rule", beforeModels, state, settles: true);
        var escalation = Required(folder, "escalation.yaml", state) is { } rules ? EscalationReader.Read(rules, state)
            : null;
        var agents = state.Open(folder.Find("agents.yaml")) is { } file ? AgentReader.Read(file, state) : [];
        var known = new Names("agent", [.. agents.Select(a => a.Name)]);
        foreach (var (agent, by) in state.IntentAgents) known.Check(agent, by, state.Problems);
        var workflows = WorkflowReader.Read(folder.In(WorkflowReader.Folder), tools, agents, intents, state);
        var models = state.Open(folder.Find("models.yaml")) is { } modelsFile ? ModelsReader.Read(modelsFile, state)
            : null;
        var channels = main is not null && state.Open(folder.Find(ChannelsReader.File)) is { } channelsFile
            ? ChannelsReader.Read(channelsFile, main.Brand, main.ChannelAutonomy, state)
            : new Dictionary<string, ChannelPolicy>();
        var customers = main is not null && state.Open(folder.Find(CustomersReader.File)) is { } customersFile
            ? CustomersReader.Read(customersFile, state) : new CustomersPolicy();
        var answers = state.Open(folder.Find(AnswerWeightsReader.File)) is { } weights
            ? AnswerWeightsReader.Read(weights) : null;
        if (answers is null && articles.Any(a => a.Questions.Count > 0))
            state.Problems.Warn("playbook.yaml", 1, null,
                "no labelled tickets of this playbook say how often its articles "
                + "are right: answers need a probability of 0.95, below are offers; label tickets and run `baton train answers`");
        if (main is not null) ThresholdReader.WarnOfUnheard(main.Thresholds, answers, state.Problems);
        var prompts = PromptReader.Read(folder.In("prompts"), state);
        var macros = MacroReader.Read(folder.In(MacroReader.Folder), main is null ? [] : [.. main.Fields.Keys], state);
        var alerts = main is not null && state.Open(folder.Find(AlertsReader.File)) is { } alertsFile
            ? AlertsReader.Read(alertsFile, main.Brand.TimeZone) : new AlertPolicy();
        var retention = state.Open(folder.Find(RetentionReader.File)) is { } retentionFile
            ? RetentionReader.Read(retentionFile) : new RetentionPolicy();
        var gates = EvalsCheck.Check(folder, state);
        if (main is null || escalation is null || state.Problems.Any) return null;
        return new Playbook
        {
            Version = CanonicalContent.Version(folder.Deciding, state.Limits),
            Name = main.Name,
            Brand = main.Brand,
            Limits = main.Limits,
            Costs = main.Costs,
            Thresholds = main.Thresholds,
            CustomerTiers = main.Tiers,
            UnknownCustomerTier = main.UnknownCustomerTier,
            Fields = main.Fields,
            ExactAnswers = main.ExactAnswers,
            Synonyms = main.Synonyms,
            ChannelAutonomy = ChannelsReader.Autonomy(main.ChannelAutonomy, channels),
            Channels = channels,
            Customers = customers,
            SkipRules = skipRules,
            Intents = intents,
            Triggers = escalation.Triggers,
            Rules = escalation.Rules,
            Routing = escalation.Routing,
            Queues = queues,
            Weights = weighed,
            SlaPolicies = slas,
            Tools = tools,
            McpServers = state.McpServers,
            Articles = articles,
            Answers = answers,
            Agents = agents,
            Workflows = workflows,
            Models = models,
            Prompts = prompts,
            Macros = macros,
            Gates = gates,
            Alerts = alerts,
            Retention = retention,
        };
    }

    private static Section? Required(PlaybookFolder folder, string path, LoadState state)
    {
        if (folder.Find(path) is { } file) return state.Open(file);
        if (!state.Problems.Problems.Any(p => p.File == path))
            state.Problems.Add(path, 1, null, "the file is missing; see docs/playbook.md for what it holds");
        return null;
    }

    private static RuleVocabulary WithIntents(RuleVocabulary vocabulary, IReadOnlyList<Intent> intents) => vocabulary
        .With(RuleFields.Intent, [.. intents.Select(i => i.Name).Distinct()])
        .With(RuleFields.Category, [.. intents.Select(i => i.Category).Distinct()])
        .With(RuleFields.ProductArea, [.. intents.Select(i => i.ProductArea).Distinct()]);
}
