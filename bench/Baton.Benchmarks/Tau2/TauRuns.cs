using Baton.Gateway;
using Baton.Gateway.Calls;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Benchmarks.Tau2;

/// <summary>
/// The tasks with a model that is configured: pass^1 to pass^4 (Yao et al. 2024, how probably a task comes out right k
/// times of k). <c>tau2 --model NAME --models FILE [--domain retail] [--tasks 20] [--trials 4] [--data DIR]</c>.
/// </summary>
internal static class TauRuns
{
    private const int MostTrials = 8;

    public static async Task<int> RunAsync(string[] arguments)
    {
        string? Value(string name) => Array.IndexOf(arguments, name) is var at and >= 0 && at + 1 < arguments.Length
            ? arguments[at + 1] : null;
        var (model, models) = (Value("--model"), Value("--models"));
        var data = Path.Combine(Value("--data") ?? Path.Combine("..", "shared", "data"), "tau2");
        if (model is null || models is null || !File.Exists(models) || !Directory.Exists(data))
        {
            Console.Error.WriteLine("write tau2 --model NAME --models FILE [--domain retail|airline] [--tasks N] [--trials N] "
                + $"[--data DIR]; the model must stand in that models.yaml, and the tasks in {data}");
            return 2;
        }
        using var folder = new TauFolder();
        await using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
            .AddBaton(new BatonOptions
            {
                Playbook = Path.Combine("playbooks", "northwind"), Models = models, Database = folder.Database,
            }, new ConfigurationBuilder().Build()).BuildServiceProvider();
        var gateway = services.GetRequiredService<ModelGateway>();
        if (gateway.Policy.Models.All(m => m.Name != model))
        {
            Console.Error.WriteLine($"{models} has no model '{model}'; it has "
                + string.Join(", ", gateway.Policy.Models.Select(m => m.Name)));
            return 2;
        }
        var trials = Math.Clamp(int.Parse(Value("--trials") ?? "4"), 1, MostTrials);
        foreach (var domain in Value("--domain") is { } one ? [one] : (string[])["retail", "airline"])
        {
            TauWorld world = domain == "airline" ? new AirlineWorld(data) : new RetailWorld(data);
            var client = new NamedModel(gateway, model);
            var passed = await PlayAsync(
                world, client, client, int.Parse(Value("--tasks") ?? "1000"), trials, CancellationToken.None);
            Print(domain, model, passed, trials);
        }
        return 0;
    }

    /// <summary>How often each task came out right.</summary>
    public static async Task<List<int>> PlayAsync(
        TauWorld world, IChatClient agent, IChatClient customer, int tasks, int trials,
        CancellationToken cancellationToken)
    {
        var playbook = Tau2Replay.Load(Path.Combine("bench", "tau2"), world);
        var policy = TauData.Policy(world.Folder, world.Domain);
        List<int> passed = [];
        foreach (var task in TauData.Gold(Path.Combine(world.Folder, $"{world.Domain}_tasks_train.jsonl")).Take(tasks))
        {
            var right = 0;
            for (var trial = 0; trial < trials; trial++)
                right += await new TauPlay(world, playbook, policy, agent, customer)
                    .PassesAsync(task, cancellationToken) ? 1 : 0;
            passed.Add(right);
        }
        return passed;
    }

    /// <summary>C(passed, k) / C(trials, k), averaged over tasks.</summary>
    public static double Pass(IReadOnlyList<int> passed, int trials, int k) => passed.Count == 0 ? double.NaN
        : passed.Average(c => Enumerable.Range(0, k).Aggregate(1.0, (p, i) => p * Math.Max(0, c - i) / (trials - i)));

    private static void Print(string domain, string model, List<int> passed, int trials)
    {
        Console.WriteLine($"{domain}, {model}: {passed.Count} tasks, {trials} trials each");
        for (var k = 1; k <= Math.Min(4, trials); k++) Console.WriteLine($"pass^{k}: {Pass(passed, trials, k):0.000}");
    }

    /// <summary>One model of the gateway, by its name, with its prices, retries and budgets.</summary>
    private sealed class NamedModel(IChatClient gateway, string name) : DelegatingChatClient(gateway)
    {
        public override Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null,
            CancellationToken cancellationToken = default)
        {
            // As it is: nothing of the benchmark is personal, and a cached answer would make trials alike.
            var named = new CallContext { Stage = "tau2", Passthrough = true }.On(options);
            named.ModelId = name;
            return base.GetResponseAsync(messages, named, cancellationToken);
        }

        // The inner client belongs to the whole benchmark, so it outlives a run.
        protected override void Dispose(bool disposing) => base.Dispose(disposing: false);
    }

    /// <summary>Room for a database that nobody needs afterwards.</summary>
    private sealed class TauFolder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("baton-tau-").FullName;

        public string Database => Path.Combine(_path, "baton.db");

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
