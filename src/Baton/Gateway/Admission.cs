using Baton.Gateway.Calls;
using Baton.Gateway.Chain;
using Baton.Gateway.Money;
using Baton.Gateway.Routing;
using Baton.Playbooks.Models;
using Baton.Privacy;

namespace Baton.Gateway;

/// <summary>Why model calls are stopped: the kill switch as the gateway sees it. Null: they are not.</summary>
public delegate string? ReadKillSwitch();

/// <summary>
/// What a call must pass before a model is asked. Chat passes it link by link, embeddings in one go; a new rule for
/// calls is a change here and counts for both.
/// </summary>
internal sealed class Admission(
    ReadKillSwitch killSwitch, GatewayOptions options, Redactor redactor, BudgetBook budgets, Router router,
    TimeProvider clock)
{
    /// <summary>What replaces personal data in everything that leaves; null for a call that goes on as it is.</summary>
    public MessageRedaction? Redaction(CallContext context) => context.Passthrough
        ? null
        : new MessageRedaction(redactor, context.Placeholders ?? new(), keepKnown: context.Placeholders is not null);

    /// <summary>Refuses everything while the kill switch is on, and requests over a limit.</summary>
    /// <param name="size">How many <paramref name="items"/> the request holds.</param>
    /// <param name="most">How many it may hold.</param>
    /// <param name="input">Input tokens by estimate.</param>
    /// <exception cref="GatewayException">The call may not go on.</exception>
    public void Check(CallState call, string items, int size, int most, long input)
    {
        if (killSwitch() is { } reason)
            throw new GatewayException(GatewayFailure.Stopped, $"the kill switch is on: {reason}");
        if (size < 1 || size > most)
            throw new GatewayException(
                GatewayFailure.BadRequest, $"a request holds 1 to {most} {items}, this one {size}");
        if (input > options.MaxInputTokens)
        {
            throw new GatewayException(GatewayFailure.BadRequest,
                $"about {input} input tokens; the limit is {options.MaxInputTokens}. Shorten it.");
        }
        call.InputEstimate = input;
    }

    /// <summary>Opens the call's purse. Dispose it at the end of the call, however that comes.</summary>
    public Purse OpenPurse(CallState call) =>
        call.Purse = new Purse(budgets, call.Context, call.Policy.Budgets, clock);

    /// <summary>Decides where the call may go.</summary>
    /// <param name="needs">What the model must be able to do.</param>
    /// <param name="difficulty">The estimate for <c>auto</c>, made only when it is asked for.</param>
    public void Route(CallState call, ModelCapabilities needs, Func<double>? difficulty = null)
    {
        var query = new RouteQuery
        {
            Stage = call.Stage,
            Alias = call.Alias,
            Needs = needs,
            InputEstimate = call.InputEstimate,
            MaxOutput = call.MaxOutput,
            Batch = call.Context.Batch,
            Passthrough = call.Context.Passthrough,
            Allowed = call.Context.AllowedModels,
            Regulated = call.Context.Regulated,
            Difficulty = difficulty ?? (() => 0),
        };
        call.Route = router.Choose(call.Policy, query);
        call.Downgraded = () => router.Choose(call.Policy, query with { WeakerTiers = true });
    }
}
