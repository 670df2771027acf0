"""Addresses of saving, of the versions of a decision and of their files."""

from django.urls import path

from decisions.web.versions import exports, pdf, save, views

urlpatterns = [
    path("save/", save.save, name="decision-save"),
    path("versions/", views.versions, name="decision-versions"),
    path("versions/compare/", views.version_compare, name="version-compare"),
    path("versions/<int:number>/", views.version, name="version"),
    path("versions/<int:number>/copy/", views.version_copy, name="version-copy"),
    path("versions/<int:number>/sign-off-sheet.pdf", pdf.sign_off_sheet, name="version-sign-off-sheet"),
    path("versions/<int:number>.pdf", pdf.version_pdf, name="version-pdf"),
    path("versions/<int:number>.<str:format>", exports.version_export, name="version-export"),
]
