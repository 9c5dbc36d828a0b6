using System.CommandLine;
using System.Text.Json.Nodes;
using Baton.Knowledge.Importing;
using Baton.Playbooks;
using Baton.Server.Cli.Measuring;

namespace Baton.Server.Cli.Knowing;

/// <summary><c>baton knowledge activate</c>: drafts into force, where the golden tickets allow it.</summary>
internal static class KnowledgeActivate
{
    public static Command Command()
    {
        var ids = new Argument<string[]>("articles")
        {
            Description = "Drafts by name. None: all but those of tickets and those whose article was edited here.",
            DefaultValueFactory = _ => [],
        };
        var playbook = Places.Playbook();
        var unmeasured = new Option<bool>(
            "--unmeasured") { Description = "Also without golden tickets to hold them against." };
        var command = new Command(
            "activate", "Put drafts into force if the golden tickets are answered as well with them; else end with 1.")
        {
            ids, playbook, unmeasured, ImportView.Json,
        };
        command.SetAction((parsed, token) => CliError.Guard(() => ActivateAsync(
            parsed.GetValue(playbook)!, parsed.GetValue(ids)!, parsed.GetValue(unmeasured),
            parsed.GetValue(ImportView.Json), token)));
        return command;
    }

    private static async Task<int> ActivateAsync(
        string playbook, string[] named, bool unmeasured, bool json, CancellationToken cancellationToken)
    {
        var folder = KnowledgeDrafts.Open(playbook);
        if (named.FirstOrDefault(id => !folder.Drafts.ContainsKey(id)) is { } unknown)
            throw new CliError($"there is no draft '{unknown}'{Suggestion.Hint(unknown, [.. folder.Drafts.Keys])}");
        var ids = named.Length > 0 ? named.Distinct().ToArray() : [.. Free(folder, _ => true)];
        if (ids.Length == 0)
            throw new CliError("no draft may be activated without its name; `baton knowledge drafts` lists them");
        var result = await new Activation(playbook, unmeasured).TryAsync(ids, cancellationToken);
        if (json) Console.WriteLine(ToJson(result).ToJsonString(FiguresView.Indented));
        else Print(result);
        return result.Why is null ? 0 : 1;
    }

    /// <summary>
    /// Drafts that may be activated without a person who names them: none of tickets, none over what people wrote.
    /// </summary>
    public static IEnumerable<string> Free(DraftFolder folder, Func<string, bool> ofSource) => folder.Drafts
        .Where(d => d.Value.Imported is { } mark && ofSource(mark.Source) && !mark.ByName
            && (folder.Active(d.Key) is not { } active
                || (active.Imported is not null && !ArticleFile.IsEdited(active))))
        .Select(d => d.Key).Order(StringComparer.Ordinal);

    public static JsonObject ToJson(Activation.Result result) => new()
    {
        ["activated"] = result.Why is null, ["why"] = result.Why,
        ["articles"] = new JsonArray([.. result.Ids.Select(i => (JsonNode)i)]),
        ["held"] = new JsonArray([.. result.Held.Select(h => new JsonObject
        {
            ["metric"] = h.Metric, ["bar"] = h.Bar, ["passed"] = h.Passed,
            ["before"] = new JsonArray(h.Before.Hits, h.Before.Of), ["after"] = new JsonArray(h.After.Hits, h.After.Of),
        })]),
    };

    public static void Print(Activation.Result result)
    {
        foreach (var held in result.Held)
            Console.WriteLine($"  {(held.Passed ? "passed" : "FAILED")}  {held.Metric.Replace('_', ' '),-28} {held.Bar,-14} "
                + $"{held.Before.Hits}/{held.Before.Of} → {held.After.Hits}/{held.After.Of}");
        TerminalText.WriteLine(result.Why is null ? $"active: {string.Join(", ", result.Ids)}"
            : $"not activated: {string.Join(", ", result.Ids)}: {result.Why}");
    }
}
