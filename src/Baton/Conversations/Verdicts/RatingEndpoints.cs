using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;
using Baton.Operations.Links;
using Baton.Playbooks;
using Baton.Text.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Baton.Conversations.Verdicts;

/// <summary>
/// Ratings over HTTP: the page behind a signed link, and the same for programs. Opening the page changes nothing,
/// because mail scanners open links; its button does.
/// </summary>
internal static class RatingEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>/rate/{token}</c>.</summary>
        public void MapRatingPage()
        {
            var rating = routes.MapGroup("/" + RatingLinks.Purpose).AllowAnonymous().ExcludeFromDescription();
            rating.MapGet("/{token}", Ask);
            rating.MapPost("/{token}", Take);
        }
    }

    /// <summary>The body of <c>POST /api/tickets/{id}/rating</c>: a step and perhaps a remark.</summary>
    /// <exception cref="TicketFormatException">Something is missing or unknown.</exception>
    public static async Task<IResult> RateAsync(
        string id, JsonElement json, ConversationStore store, RatingDesk desk, CancellationToken cancellationToken)
    {
        var (stars, remark) = Read(json);
        if (store.Load(id).Version == 0) return IntakeAnswers.Missing(id);
        return await desk.RateAsync(id, stars, remark, cancellationToken) is { } problem
            ? TypedResults.Problem(problem, statusCode: 422, title: "Not taken")
            : TypedResults.NoContent();
    }

    private static (int Stars, string? Remark) Read(JsonElement json)
    {
        JsonUnicode.Check(json);
        if (json.ValueKind != JsonValueKind.Object) throw new TicketFormatException("the rating", "must be an object");
        foreach (var property in json.EnumerateObject())
            if (property.Name is not ("rating" or "remark"))
                throw new TicketFormatException(property.Name, "is not a field of a rating; known: rating, remark");
        var given = json.TryGetProperty("rating", out var value) ? value.ToString() : null;
        var stars = Ratings.Stars(given) ?? throw new TicketFormatException(
            "rating", $"is '{given}': use 1 to {Ratings.Highest}, or {string.Join(", ", Ratings.Steps)}");
        if (!json.TryGetProperty("remark", out var said) || said.ValueKind == JsonValueKind.Null) return (stars, null);
        var remark = said.ValueKind == JsonValueKind.String ? said.GetString()!
            : throw new TicketFormatException("remark", "must be a text");
        return remark.Length <= Ratings.LongestRemark ? (stars, remark) : throw new TicketFormatException(
            "remark", $"has {remark.Length} characters, the limit is {Ratings.LongestRemark}");
    }

    private static IResult Ask(
        string token, HttpContext http, RatingLinks links, ConversationStore store, PlaybookHost playbooks,
        TimeProvider clock)
    {
        if (links.Read(token) is not { } id || store.Load(id) is not { Version: > 0 } state) return Unknown(http);
        if (Ratings.Closed(state.Tally, clock.GetUtcNow()) is not null) return Over(http);
        if (state.Tally.Rating is { Remark: not null }) return Thanks(http);
        return CustomerPage.Answer(
            http, 200, "How was it?", Form(playbooks.Current.Brand.Name, state.Tally.Rating?.Stars));
    }

    private static async Task<IResult> Take(
        string token, HttpContext http, RatingLinks links, ConversationStore store, RatingDesk desk,
        CancellationToken cancellationToken)
    {
        if (links.Read(token) is not { } id || store.Load(id).Version == 0) return Unknown(http);
        var form = await FormAsync(http.Request, cancellationToken);
        if (Ratings.Stars(form?["stars"]) is not { } stars)
            return CustomerPage.Answer(
                http, 400, "Please choose a step", "<p>Go back, choose one of the five, and send it again.</p>");
        var remark = form!["remark"].ToString().ReplaceLineEndings("\n");
        remark = CutText.Of(remark, Ratings.LongestRemark);
        return await desk.RateAsync(id, stars, remark, cancellationToken) is null ? Thanks(http) : Over(http);
    }

    /// <summary>Null where what was sent is no form.</summary>
    private static async Task<IFormCollection?> FormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return request.HasFormContentType ? await request.ReadFormAsync(cancellationToken) : null;
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            return null;
        }
    }

    private static string Form(string brand, int? given)
    {
        var html = new StringBuilder("<form method=\"post\"><fieldset><legend>What ")
            .Append(WebUtility.HtmlEncode(brand)).Append(" did for you was</legend>");
        for (var stars = Ratings.Highest; stars >= 1; stars--)
            html.Append(CultureInfo.InvariantCulture,
                $"<label class=\"step\"><input type=\"radio\" name=\"stars\" value=\"{stars}\"")
                .Append(" required").Append(stars == given ? " checked> " : "> ").Append(Ratings.Steps[stars - 1])
                .Append("</label>");
        return html.Append("</fieldset><label>What should we know? You may leave this empty.")
            .Append(CultureInfo.InvariantCulture,
                $"<textarea name=\"remark\" rows=\"4\" maxlength=\"{Ratings.LongestRemark}\">")
            .Append("</textarea></label><button>Send</button></form>").ToString();
    }

    private static IResult Thanks(HttpContext http) => CustomerPage.Answer(http, 200, "Thank you",
        "<p>We have your rating. You need not do anything.</p>");

    private static IResult Over(HttpContext http) => CustomerPage.Answer(http, 200, "This can no longer be rated",
        "<p>It was rated with a remark already, or is older than 14 days. If anything is left, reply to our last message.</p>");

    private static IResult Unknown(HttpContext http) => CustomerPage.Answer(http, 404, "This link does not work",
        "<p>It is incomplete or older than 14 days. Reply to our message instead.</p>");
}
