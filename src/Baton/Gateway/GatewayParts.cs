using Baton.Gateway.Chain;
using Baton.Gateway.Money;
using Baton.Gateway.Providers;
using Baton.Gateway.Reuse;
using Baton.Gateway.Routing;
using Baton.Gateway.Telemetry;
using Baton.Playbooks.Models;
using Baton.Privacy;
using Baton.Storage;

namespace Baton.Gateway;

/// <summary>What the gateway is made of. Everything that is shared between calls is here and nowhere else.</summary>
internal sealed class GatewayParts
{
    public GatewayParts(
        Database database, Func<ModelsPolicy> policy, ProviderAccess access, Redactor redactor, GatewayOptions options)
    {
        (Policy, Access, Redactor, Options, Clock) = (policy, access, redactor, options, access.Clock);
        Places = new ProviderPlaces(() => database.Liveness.Workers);
        Budgets = new BudgetBook(database, Clock);
        Receipts = new ReceiptBook(database, Budgets, Clock, options.ReceiptGather);
        Breakers = new Breakers(options.Breaker, Clock);
        Telemetry = new GatewayTelemetry(options, redactor);
        Meterer = new Meterer(Receipts, Figures, Telemetry, Clock, options.TagList);
        Admission = new Admission(() => KillSwitch(), options, redactor, Budgets,
            new Router(Breakers, Figures, new Random(Seed)), Clock);
        Failover = new Failover(Breakers, Places, options, Clock);
        Answers = new AnswerCache(database, Clock);
        Questions = new SimilarQuestions(database, Clock);
    }

    /// <summary>Weighted choices need spread, not secrecy; a fixed seed makes them repeatable.</summary>
    private const int Seed = 20261121;

    public Func<ModelsPolicy> Policy { get; }

    public ProviderAccess Access { get; }

    public Redactor Redactor { get; }

    public GatewayOptions Options { get; }

    public TimeProvider Clock { get; }

    public ReadKillSwitch KillSwitch { get; init; } = () => null;

    public EstimateDifficulty EstimateDifficulty { get; init; } = Difficulty.Estimate;

    public ModelFigures Figures { get; } = new();

    public ProviderPlaces Places { get; }

    public BudgetBook Budgets { get; }

    public ReceiptBook Receipts { get; }

    public Breakers Breakers { get; }

    public GatewayTelemetry Telemetry { get; }

    public Meterer Meterer { get; }

    public Admission Admission { get; }

    public Failover Failover { get; }

    public AnswerCache Answers { get; }

    public SimilarQuestions Questions { get; }
}
