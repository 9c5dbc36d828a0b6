using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Conversations;
using Baton.Customers;
using Baton.Playbooks;
using Baton.Tools.Authority;
using Baton.Tools.Running;

namespace Baton.Server.Cli.Acting;

/// <summary>
/// <c>baton tools try NAME --input JSON</c>: one call, decided as it would be; nothing changes unless asked.
/// </summary>
internal static class ToolsTry
{
    public static Command Verb()
    {
        var (playbook, tool) = (Places.Playbook(), new Argument<string>("NAME") { Description = "The tool." });
        var input = new Option<string>("--input") { Description = "Inputs as a JSON object.", DefaultValueFactory = _ => "{}" };
        var agent = new Option<string?>("--agent") { Description = "Who calls; the first that holds the scope." };
        var email = new Option<string?>("--email") { Description = "Address that the customer states." };
        var customer = new Option<string?>("--customer") { Description = "Id of the customer." };
        var verified = new Option<bool>("--verified") { Description = "The channel has checked who it is." };
        var call = new Option<bool>("--call") { Description = "Really call it, also when it changes something." };
        var shop = new Option<string?>("--base") { Description = "What {base} in addresses stands for." };
        var command = new Command(
            "try", "Decide one call as it would be, with its look-ups; nothing is changed without --call.")
        {
            tool, input, agent, email, customer, verified, call, shop, DatabaseFile.Option, playbook,
        };
        command.SetAction((parsed, token) => CliError.Guard(async () =>
        {
            using var scratch = new ScratchFolder();
            var database = parsed.GetValue(DatabaseFile.Option)!;
            await using var services = await CliHost.BuildAsync(new BatonOptions
            {
                Playbook = parsed.GetValue(playbook)!, ToolBase = Address(parsed.GetValue(shop)),
                // Who only tries makes no database.
                Database = parsed.GetValue(call) || DatabaseFile.Exists(database)
                    ? database : Path.Combine(scratch.Path, "baton.db"),
            });
            var loaded = services.GetRequiredService<PlaybookHost>().Current;
            var name = parsed.GetValue(tool)!;
            var found = loaded.Tools.FirstOrDefault(t => t.Name == name) ?? throw new CliError(
                $"there is no tool '{name}'{Suggestion.Hint(name, [.. loaded.Tools.Select(t => t.Name)])}");
            var (id, mail) = (parsed.GetValue(customer), parsed.GetValue(email));
            var context = new ToolContext
            {
                Playbook = loaded, DryRun = found.HasEffect && !parsed.GetValue(call),
                Identity = parsed.GetValue(verified) ? new Identity.Verified(id, mail) : new Identity.Claimed(id, mail),
            };
            var outcome = await services.GetRequiredService<ToolRunner>().CallAsync(
                new ToolCall
                {
                    Tool = name, Inputs = Inputs(parsed.GetValue(input)!), ConversationId = "cli", Tainted = false,
                    Agent = parsed.GetValue(agent)
                        ?? loaded.Agents.FirstOrDefault(a => a.Scopes.Contains(found.Scope))?.Name ?? "nobody",
                },
                context, token);
            foreach (var fact in context.Facts) TerminalText.WriteLine(Text(fact));
            TerminalText.WriteLine(Text(outcome, context.DryRun));
            return outcome is ToolOutcome.Done or ToolOutcome.Waiting or ToolOutcome.AsksCustomer ? 0 : 1;
        }));
        return command;
    }

    private static Uri? Address(string? text) => text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) ? address
        : throw new CliError($"--base '{text}' is no address: write http://localhost:8080");

    private static JsonObject Inputs(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject ?? throw new CliError("--input is no JSON object: write '{\"order_id\": \"…\"}'");
        }
        catch (JsonException error)
        {
            throw new CliError($"--input is not JSON: {error.Message}");
        }
    }

    private static string Text(ConversationEvent fact) => fact switch
    {
        ConversationEvent.ToolCalled e => $"called {e.Tool}: {e.Outcome} in {e.LatencyMs:0.#} ms, attempt {e.Attempt}",
        ConversationEvent.ToolDenied e => $"denied by {e.Clause}: {e.Why}",
        _ => ConversationJson.TypeOf(fact),
    };

    private static string Text(ToolOutcome outcome, bool dryRun) => outcome switch
    {
        ToolOutcome.Done done when dryRun => $"allowed{Money(done.Amount)}: it would be called (nothing was changed; --call does it)",
        ToolOutcome.Done { Output: { } output } => JsonSerializer.Serialize(output),
        ToolOutcome.Done done => $"done{Money(done.Amount)}, reference {done.Reference ?? "none"}",
        ToolOutcome.Refused refused => $"denied: {refused.Denied.Reason} ({refused.Denied.Clause})",
        ToolOutcome.AsksCustomer asks => $"the customer would be asked first: {asks.Text}",
        ToolOutcome.Waiting => "a person would have to approve it",
        ToolOutcome.Failed failed => $"failed ({EnumWords.Of(failed.Kind)}): {failed.Why}",
        ToolOutcome.UnderWay soon => $"not known yet: {soon.Why}",
        ToolOutcome.Unknown unknown => $"unknown: {unknown.Why}",
        _ => "",
    };

    private static string Money(decimal? amount) => amount is > 0 ? $" ({amount:0.00})" : "";
}
