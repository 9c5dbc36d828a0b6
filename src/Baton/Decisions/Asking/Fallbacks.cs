using Baton.Gateway;

namespace Baton.Decisions.Asking;

/// <summary>
/// Why a tier gave no answer, in words of our own: a provider's message may repeat what the customer wrote.
/// </summary>
internal static class Fallbacks
{
    public const string Refused = "refused";
    public const string InvalidAnswer = "invalid_answer";
    public const string Budget = "budget";
    public const string TicketBudget = "ticket_budget";
    public const string Stopped = "kill_switch";
    public const string TimedOut = "timed_out";
    public const string RateLimited = "rate_limited";
    public const string ProviderFailed = "provider_failed";
    public const string Misconfigured = "misconfigured";
    public const string NoModel = "no_model";
    public const string BadRequest = "bad_request";

    public static string Of(GatewayException error) => error.Failure switch
    {
        GatewayFailure.BudgetExceeded => error.IsTicketBudget ? TicketBudget : Budget,
        GatewayFailure.Stopped => Stopped,
        GatewayFailure.TimedOut => TimedOut,
        GatewayFailure.RateLimited => RateLimited,
        GatewayFailure.InvalidAnswer => InvalidAnswer,
        GatewayFailure.Misconfigured => Misconfigured,
        GatewayFailure.NoModel => NoModel,
        GatewayFailure.BadRequest => BadRequest,
        _ => ProviderFailed,
    };

    /// <summary>Whether no other tier can help either.</summary>
    public static bool EndsAsking(string why) => why is Budget or TicketBudget or Stopped;

    /// <summary>Whether the model could not be reached, as opposed to having said nothing of use.</summary>
    public static bool IsOutOfReach(string why) =>
        why is TimedOut or RateLimited or ProviderFailed or Misconfigured or NoModel;
}
