using System.Security.Claims;
using Baton.People;
using Baton.Playbooks;

namespace Baton.Server.Pages.Inboxes;

/// <summary>Who asks for a page or a part of one, and for which list.</summary>
internal sealed class InboxRequest(IHttpContextAccessor accessor, PeopleStore people, PlaybookHost playbooks)
{
    private HttpContext Http => accessor.HttpContext!;

    public InboxDesk Desk => InboxDesk.Of(Http.User, people, playbooks.Current);

    /// <summary>Where the page of the list begins; null: at its beginning.</summary>
    public string? After => Given("after");

    /// <summary>Macro that stands in the field of the reply; null: none.</summary>
    public string? Macro => Given("macro");

    public ClaimsPrincipal Caller => Http.User;

    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>The list with its filters.</summary>
    public InboxAddress At(InboxDesk desk) => new()
    {
        View = desk.ViewOf(Given("view")), Queue = Given("queue"), Channel = Given("channel"), Tier = Given("tier"),
        Priority = Given("priority"), Q = Given("q"),
    };

    /// <summary>Says that what is asked for cannot be: the answer is no page that is there.</summary>
    public void Tell(Api.Problem problem) => Api.ProblemAnswers.Tell(Http, problem);

    /// <summary>Says with the answer that it was asked wrongly.</summary>
    public void TellWrong() => Http.Response.StatusCode = 400;

    private string? Given(string name) =>
        Http.Request.Query[name].ToString() is var text && string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
