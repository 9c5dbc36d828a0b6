using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;
using Microsoft.AspNetCore.Http;

namespace Baton.People.Routing;

/// <summary>Absences over HTTP: <c>{"until": "2026-12-24T09:00", "from"?, "stand_in"?}</c> or <c>{"end": true}</c>.</summary>
internal static class AbsenceEndpoints
{
    private static readonly string[] Fields = ["until", "from", "stand_in", "end"];

    public static async Task<IResult> Set(
        string id, JsonElement body, HttpContext http, PeopleStore people, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        JsonUnicode.Check(body);
        if ((people.Find(id) ?? people.FindByEmail(id)) is not { } person)
            return Refused(404, $"nobody has the id or e-mail '{id}'");
        var (absence, problem) = Read(body, person, people, clock.GetUtcNow());
        if (problem is not null) return Refused(400, problem);
        return await people.ChangeAsync(person.Id, person.Version,
            PersonDetails.Of(person) with { OutOfOffice = absence }, Acting.Of(http.User) ?? "api", cancellationToken) switch
        {
            PersonOutcome.Saved => TypedResults.Ok(new JsonObject
            {
                ["person"] = person.Id, ["from"] = absence?.From, ["until"] = absence?.Until,
                ["stand_in"] = absence?.HandOverTo,
            }),
            PersonOutcome.Refused { Why: var why } => Refused(400, why),
            _ => Refused(409, "somebody changed the person meanwhile: look again, then repeat"),
        };
    }

    private static (OutOfOffice? Absence, string? Problem) Read(
        JsonElement body, Person person, PeopleStore people, DateTimeOffset now)
    {
        if (body.ValueKind != JsonValueKind.Object) return (null, "the absence must be an object");
        foreach (var field in body.EnumerateObject())
            if (!Fields.Contains(field.Name))
                return (null, $"{field.Name} is not a field of an absence; known: {string.Join(", ", Fields)}");
            else if (field.Name == "end" ? field.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)
                : field.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
                return (null, $"{field.Name} must be {(field.Name == "end" ? "true or false" : "a text")}");
        if (body.TryGetProperty("end", out var end) && end.ValueKind == JsonValueKind.True) return (null, null);
        return new AbsenceWords(Text(body, "from"), Text(body, "until"), Text(body, "stand_in"))
            .Read(person, now, who => people.Find(who) ?? people.FindByEmail(who));
    }

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static IResult Refused(int status, string why) =>
        TypedResults.Problem(why, statusCode: status, title: "Not done");
}
