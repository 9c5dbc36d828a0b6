using System.CommandLine;
using Baton.Gateway.Keys;
using Baton.Gateway.Money;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Server.Cli.Deciding;
using Baton.Storage;

namespace Baton.Server.Cli.Operating;

/// <summary><c>baton virtual-keys …</c>: keys of other programs for the model gateway.</summary>
internal static class VirtualKeysCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "Unique name of the key." };

    public static Command Command() => new("virtual-keys", "Keys of other programs for the model gateway.")
    {
        Create(), List(), Disable(),
    };

    private static Command Create()
    {
        var budget = new Option<decimal?>("--budget") { Description = "USD per period." };
        var period = new Option<BudgetPeriod>("--period")
        {
            Description = "Day or Month.", DefaultValueFactory = _ => BudgetPeriod.Month,
        };
        var rate = new Option<int?>("--per-minute") { Description = "Requests per minute." };
        var models = new Option<string[]>("--model") { Description = "Model, tier or 'auto' it may use; all without." };
        var tags = new Option<string[]>("--tag") { Description = "NAME=VALUE on every receipt." };
        var shares = new Option<bool>("--share-accounts")
        {
            Description = "Its headers name Baton's own customers and tickets and spend their budgets.",
        };
        var (playbook, served) = (Places.Playbook(), Places.Models());
        var passthrough = new Option<bool>("--passthrough") { Description = "No routing, cache or redaction." };
        var command = new Command("create", "Make a key and print its secret, once.")
        {
            Name, budget, period, rate, models, tags, passthrough, shares, DatabaseFile.Option, playbook, served,
        };
        command.SetAction((arguments, cancellationToken) => CliError.Guard(async () =>
        {
            var key = new VirtualKey
            {
                Id = "key_" + Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N"),
                Name = arguments.GetValue(Name)!,
                Budget = arguments.GetValue(budget) is { } limit
                    ? new KeyBudget(new Usd(limit), arguments.GetValue(period))
                    : null,
                RequestsPerMinute = arguments.GetValue(rate),
                Models = arguments.GetValue(models) ?? [],
                Tags = Tags(arguments.GetValue(tags) ?? []),
                Passthrough = arguments.GetValue(passthrough),
                SharesAccounts = arguments.GetValue(shares),
            };
            // Models are read only where the key names some: a key for all of them needs no playbook.
            var policy = key.Models.Count == 0
                ? null
                : PlaybookCommand.Load(arguments.GetValue(playbook)!, arguments.GetValue(served)).Models;
            var problems = VirtualKeyCheck.Problems(key, policy ?? ModelsPolicy.None);
            if (problems.Count > 0) throw new CliError(string.Join("\n", problems));
            await using var database = DatabaseFile.Open(arguments);
            var secret = await Make(new VirtualKeyStore(database, TimeProvider.System), key, cancellationToken);
            Console.WriteLine(secret);
            return 0;
        }));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Show the keys, without their secrets.") { DatabaseFile.Option };
        command.SetAction((arguments, _) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments);
            foreach (var key in new VirtualKeyStore(database, TimeProvider.System).List())
            {
                var budget = key.Budget is { } own ? $"{own.Limit} USD per {own.Period}" : "playbook's budget";
                var state = key.DisabledAt is { } at ? $"disabled {at:yyyy-MM-dd}" : "in use";
                TerminalText.WriteLine($"{key.Name}  {key.Id}  {budget}  {state}");
            }
            return 0;
        }));
        return command;
    }

    private static Command Disable()
    {
        var command = new Command("disable", "Switch a key off for good.") { Name, DatabaseFile.Option };
        command.SetAction((arguments, cancellationToken) => CliError.Guard(async () =>
        {
            await using var database = DatabaseFile.Open(arguments);
            var name = arguments.GetValue(Name)!;
            var done = await new VirtualKeyStore(database, TimeProvider.System)
                .DisableAsync(name, "cli:" + Environment.UserName, cancellationToken);
            return done ? 0 : throw new CliError($"no key in use is called '{name}'; see `baton virtual-keys list`");
        }));
        return command;
    }

    private static async Task<string> Make(VirtualKeyStore keys, VirtualKey key, CancellationToken cancellationToken)
    {
        if (keys.List().Any(k => k.Name == key.Name)) throw new CliError($"there is a key called '{key.Name}' already");
        try
        {
            return await keys.CreateAsync(key, "cli:" + Environment.UserName, cancellationToken);
        }
        catch (StorageException error)
        {
            throw new CliError(error.Message);
        }
    }

    private static Dictionary<string, string> Tags(string[] tags)
    {
        var read = new Dictionary<string, string>();
        foreach (var tag in tags)
        {
            var at = tag.IndexOf('=');
            if (at < 1) throw new CliError($"--tag '{tag}': write NAME=VALUE");
            read[tag[..at]] = tag[(at + 1)..];
        }
        return read;
    }
}
