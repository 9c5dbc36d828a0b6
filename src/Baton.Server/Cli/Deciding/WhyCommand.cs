using System.CommandLine;
using Baton.Conversations;
using Baton.Decisions.Local;
using Baton.People;
using Baton.Playbooks;
using Baton.Server.Accounts;
using Baton.Storage.Events;

namespace Baton.Server.Cli.Deciding;

/// <summary><c>baton why TICKET</c>: the whole decision chain, for reading at 2 a.m.</summary>
internal static class WhyCommand
{
    public static Command Command()
    {
        var ticket = new Argument<string>("ticket") { Description = "Id of the ticket." };
        var playbook = Places.Playbook();
        var command = new Command(
            "why", "Explain every decision of a ticket: stages, triggers, rules, and what would have changed it.")
        {
            ticket, playbook, DatabaseFile.Option,
        };
        command.SetAction((parsed, token) => CliError.Guard(() => RunAsync(
            parsed.GetValue(ticket)!, parsed.GetValue(playbook)!, parsed, token)));
        return command;
    }

    private static async Task<int> RunAsync(
        string ticket, string playbook, ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var database = DatabaseFile.Open(arguments);
        var events = database.Read(connection => Ledger.Read(connection, ticket));
        if (events.Count == 0) throw new CliError($"no ticket '{ticket}' in {database.Path}");
        var facts = events.ConvertAll(e => (Fact: ConversationJson.Read(e.Type, e.Data.Span), e.At));
        var explained = await ExplainAsync(
            ticket, facts, playbook, arguments.GetValue(DatabaseFile.Option)!, cancellationToken);
        var names = new PersonNames(new PeopleStore(database));
        foreach (var line in WhyText.Lines(ticket, explained)) TerminalText.WriteLine(names.In(line));
        return 0;
    }

    /// <summary>With the words that carried each intent, where the playbook's models are to be had.</summary>
    private static async Task<IReadOnlyList<(ConversationEvent Fact, DateTimeOffset At)>> ExplainAsync(
        string ticket, IReadOnlyList<(ConversationEvent Fact, DateTimeOffset At)> facts, string playbook,
        string database, CancellationToken cancellationToken)
    {
        await using var services = CliHost.Compose(new BatonOptions { Playbook = playbook, Database = database });
        try
        {
            return await services.GetRequiredService<CarryingWords>()
                .ExplainAsync(ticket, facts, cancellationToken);
        }
        catch (Exception error) when (error is InvalidPlaybookException or IOException or UnauthorizedAccessException)
        {
            // What was decided can be told without them.
            TerminalText.WriteErrorLine($"no words that carried the intents: {error.Message}");
            return facts;
        }
    }
}
