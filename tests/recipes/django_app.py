"""Run it with: PYTHONPATH=. python3 tests/recipes/django_app.py"""

from django.conf import settings
from django.core.management import execute_from_command_line
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from inbox import receive


@csrf_exempt
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    try:
        body = request.body
    except (OSError, ValueError):  # it is incomplete, or its length is not a number
        return HttpResponse(status=400)
    return HttpResponse(status=receive(body, request.headers))


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("webhook", webhook), path("health", health)]

if __name__ == "__main__":
    settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__)
    execute_from_command_line(["django", "runserver", "--noreload", "8000"])
