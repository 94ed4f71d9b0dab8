using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Http;

/// <summary>A grain's answer as an HTTP answer.</summary>
internal static class Answers
{
    /// <summary>A step: 200 with what was changed, and its ETag.</summary>
    public static Results<Tagged<TBody>, Refused> ToStep<TView, TBody>(this Answer<TView> answer, Func<TView, TBody> body)
        where TView : class =>
        answer is { Refusal: null, View: { } view } ? new Tagged<TBody>(body(view), answer.Version, answer.Replayed) : Refuse(answer);

    /// <summary>A creation: 201 with what was made, its Location and its ETag.</summary>
    public static Results<TaggedCreated<TBody>, Refused> ToCreation<TView, TBody>(this Answer<TView> answer, Func<TView, string> location, Func<TView, TBody> body)
        where TView : class =>
        answer is { Refusal: null, View: { } view } ? new TaggedCreated<TBody>(location(view), body(view), answer.Version, answer.Replayed) : Refuse(answer);

    private static Refused Refuse<TView>(Answer<TView> answer)
        where TView : class =>
        new(answer.Refusal ?? throw new InvalidOperationException("An answer has neither a view nor a refusal."));
}
