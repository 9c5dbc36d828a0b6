namespace Baton.Evaluation.Learning.Gaps;

/// <summary>A question that the articles did not answer, or not well.</summary>
/// <param name="Text">What was asked, redacted, cut.</param>
/// <param name="Why"><c>escalated</c> or <c>badly rated</c>.</param>
/// <param name="Answers">What people wrote to it, redacted, without greetings and signatures.</param>
internal sealed record OpenQuestion(string Ticket, string Text, string Why, IReadOnlyList<string> Answers);

/// <summary>What the articles left open in some tickets.</summary>
/// <param name="Tickets">All of them.</param>
/// <param name="Covered">Decisions where a section was on the matter, and how many of them it answered.</param>
internal sealed record UnansweredQuestions(
    IReadOnlyList<OpenQuestion> Questions, int Tickets, (int Answered, int Of) Covered);
